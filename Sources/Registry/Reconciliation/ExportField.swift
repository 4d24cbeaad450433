/// What a field of an export means, under whichever of its names.
enum ExportField: Hashable, Sendable, CaseIterable {
    case user
    case licenses
    case licenseDetails
    case deletedOn
    case skuID
    case partNumber
    case accountSKU
    case productName
    case tenantID
    case id
    case accountName
    case status
    case enabled
    case warning
    case suspended
    case lockedOut
    case consumed
    case sold
    case deployed
    case qualified
    case total
    case startsOn
    case endsOn
    case isTrial

    /// Nil for what nothing here asks for. Case, blanks and dashes in the name do not matter.
    init?(_ name: some StringProtocol) {
        guard let field = Self.byName[Self.key(name)] else { return nil }
        self = field
    }

    /// The names in all of Microsoft's exports, as ``key(_:)`` has them.
    private var names: [String] {
        switch self {
        case .user: ["userprincipalname", "username", "signinname", "upn"]
        case .licenses: ["licenses", "licences", "assignedlicenses", "assignedproducts", "productlicenses"]
        case .licenseDetails: ["licenseassignmentdetails"]
        case .deletedOn: ["softdeletiontimestamp", "softdeletedon", "deleteddatetime"]
        case .skuID: ["skuid", "productid"]
        case .partNumber: ["skupartnumber"]
        case .accountSKU: ["accountskuid"]
        case .productName: ["productname"]
        case .tenantID: ["accountid", "accountobjectid", "customertenantid", "tenantid"]
        case .id: ["id"]
        case .accountName: ["accountname"]
        case .status: ["capabilitystatus", "status"]
        case .enabled: ["enabled", "activeunits", "enabledunits"]
        case .warning: ["warning", "warningunits"]
        case .suspended: ["suspended", "suspendedunits"]
        case .lockedOut: ["lockedout", "lockedoutunits"]
        case .consumed: ["consumedunits"]
        case .sold: ["licensessold"]
        case .deployed: ["licensesdeployed"]
        case .qualified: ["licensesqualified"]
        case .total: ["totallicenses"]
        case .startsOn: ["createddatetime"]
        case .endsOn: ["nextlifecycledatetime"]
        case .isTrial: ["istrial"]
        }
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { field in field.names.map { ($0, field) } }
    )

    /// `User principal name` is `userprincipalname`.
    private static func key(_ name: some StringProtocol) -> String {
        String(decoding: name.utf8.filter { $0.isASCIILetterOrDigit }.map { $0.lowercasedASCII }, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    fileprivate var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
