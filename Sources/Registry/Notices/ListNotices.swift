/// What matters before anybody asks: of one organisation, or of all whose statement the caller may see.
///
/// Only what truly ends is told: redeemed seats silence those whose place they take.
public struct ListNotices: RegistryQuery {
    public static let summary = "List what lapses, runs out or is wrong"

    var organization: OrganizationID?
    /// Days from today in which what ends is told; nil for 90.
    var within: Int?
    /// Per cent of a maximum in use from which on it is told; nil for 90.
    var maximum: Int?
    /// Per cent of idle seats before a renewal from which on they are told; nil for 10.
    var idle: Int?
    /// Per cent of activations left up to which keys are told; nil for 10.
    var keys: Int?
    /// Days before a replacement's last in which it is told; nil for 7.
    var replacement: Int?
    /// SKUs of which nothing is told.
    var ignore: [SKUPartNumber]?
    /// What is told; nil for everything.
    var tell: [NoticeKind]?
    var after: OrganizationID?
    var limit: PageLimit?

    public static let timeLimit: Duration? = nil

    init(
        organization: OrganizationID? = nil,
        within: Int? = nil,
        maximum: Int? = nil,
        idle: Int? = nil,
        keys: Int? = nil,
        replacement: Int? = nil,
        ignore: [SKUPartNumber]? = nil,
        tell: [NoticeKind]? = nil
    ) {
        self.organization = organization
        self.within = within
        self.maximum = maximum
        self.idle = idle
        self.keys = keys
        self.replacement = replacement
        self.ignore = ignore
        self.tell = tell
    }

    /// A page of all that the caller may see, with the usual thresholds.
    public init(after: OrganizationID?, limit: PageLimit) {
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        guard let organization else { return gate.anybody() }
        return try gate.organization(organization, for: .statement).map { _ in }
    }

    public func answer(
        on _: Void,
        in context: QueryContext
    ) throws -> Page<OrganizationNoticesResource, OrganizationID> {
        let selection = try selection()
        let limit = (limit ?? .standard).value
        let found: [Organization]
        if let organization {
            found = [try context.reading.requireOrganization(organization)]
        } else if context.caller.ownsRegistry {
            found = try context.reading.organizations(after: after, limit: limit)
        } else {
            found = try context.gate.ownOrganizations(with: .statement, after: after, limit: limit)
        }
        return Page(
            items: try found.map { organization in
                var notices = try OrganizationNotices(of: organization, selection, in: context)
                try notices.collect()
                return OrganizationNoticesResource(
                    organizationId: organization.id,
                    name: organization.name,
                    asOf: notices.today,
                    notices: notices.sorted
                )
            },
            next: organization == nil && found.count == limit ? found.last?.id : nil
        )
    }

    /// - Throws: `Refusal` with `input.invalid` for a threshold that is none.
    private func selection() throws -> NoticeSelection {
        func checked(_ field: String, _ value: Int?, _ usual: Int, _ range: ClosedRange<Int>) throws -> Int {
            guard let value else { return usual }
            guard range.contains(value) else {
                throw Refusal.invalidField(
                    field,
                    String(value),
                    "it is a number from \(range.lowerBound) to \(range.upperBound)"
                )
            }
            return value
        }
        let usual = NoticeThresholds.standard
        return NoticeSelection(
            thresholds: NoticeThresholds(
                within: try checked("within", within, usual.within, 0...ListDueRenewals.horizon),
                maximum: try checked("maximum", maximum, usual.maximum, 1...100),
                idle: try checked("idle", idle, usual.idle, 0...100),
                keys: try checked("keys", keys, usual.keys, 0...100),
                replacement: try checked("replacement", replacement, usual.replacement, 0...Replacement.days)
            ),
            ignored: Set(ignore ?? []),
            kinds: tell.map(Set.init)
        )
    }
}
