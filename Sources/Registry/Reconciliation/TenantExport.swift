/// What a tenant has and who holds it, as one of Microsoft's tools shows it: the same value whatever the file was.
struct TenantExport: Sendable {
    var kinds: Set<ExportKind> = []
    /// The directory's GUIDs that the file names, in its order.
    var tenantIDs: [TenantID] = []
    /// What Microsoft calls the account, such as `contoso`.
    var accountNames: [String] = []
    var skus: [ExportedSKU] = []
    /// The SKUs that users hold, each once.
    var heldSKUs: [ExportedSKUName] = []
    var users: [ExportedUser] = []
    /// Why something may be missing in it; nil where it is whole.
    var gap: Gap?
    /// Names of users that cannot be a user principal name, with their lines.
    var unreadableUsers: [(line: Int, detail: String)] = []

    /// What a file lacks.
    enum Gap: Sendable {
        /// It says that there is another page.
        case nextPage
        /// It has one item, and no list.
        case list
    }

    /// Whether a SKU that the tenant has stands in it, so that one which does not is gone.
    var listsAllSKUs: Bool { gap == nil && !kinds.isDisjoint(with: [.subscribedSKUs, .subscriptions]) }
}

/// What an export calls a SKU: a part number, a GUID, a name, or several of these.
struct ExportedSKUName: Hashable, Sendable {
    /// As it stands there, perhaps behind the account's name: `contoso:ENTERPRISEPACK`.
    var partNumber: String?
    var skuID: String?
    var displayName: String?
    /// Several SKUs in one text, joined by `+`, each by whatever name; names may have a `+` of their own.
    var joined: String?

    var isEmpty: Bool { partNumber == nil && skuID == nil && displayName == nil && joined == nil }

    /// For a sentence.
    var text: String { partNumber ?? displayName ?? joined ?? skuID ?? "" }
}

/// A SKU, or a purchase of it, as an export shows it.
struct ExportedSKU: Sendable {
    let kind: ExportKind
    let name: ExportedSKUName
    let line: Int
    /// Nil where the export does not say.
    var units: ExportedUnits?
    /// How many users hold it; nil where the export does not say.
    var consumed: Int?
    /// The tenant's word for how it stands, such as `Enabled`; nil where the export does not say.
    var status: SeatBlockStatus?
    /// Of a purchase.
    var purchase: ExportedPurchase?
}

/// Seats by how they stand; nil for what the export does not say.
struct ExportedUnits: Hashable, Sendable {
    var enabled: Int
    var warning: Int?
    var suspended: Int?
    var lockedOut: Int?

    /// Those whose service has ended, as far as it is said.
    var outOfService: Int { (warning ?? 0).clampedSum(suspended ?? 0).clampedSum(lockedOut ?? 0) }
}

/// When a purchase was made and is over.
struct ExportedPurchase: Hashable, Sendable {
    var startsOn: CalendarDate?
    var endsOn: CalendarDate?
    var isTrial: Bool
}

/// A user who holds something.
struct ExportedUser: Sendable {
    let user: UserPrincipalName
    /// In ``TenantExport/heldSKUs``.
    let skus: [Int]
    let line: Int
}
