/// Takes a user's on-premises licence back.
public struct ReleaseLicense: RegistryCommand {
    public static let action = "license.release"

    public let user: UserPrincipalName
    public let organizationID: OrganizationID
    public let product: ProductLine
    /// R42: the one from this source; nil for the programme's, or else for the one that was bought outside it.
    public let source: String?
    /// The first day without it; nil for today.
    public let on: CalendarDate?

    public init(
        user: UserPrincipalName,
        organizationID: OrganizationID,
        product: ProductLine,
        source: String? = nil,
        on: CalendarDate? = nil
    ) {
        self.user = user
        self.organizationID = organizationID
        self.product = product
        self.source = source
        self.on = on
    }

    public var subjectOfRefusal: String { user.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .software)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> RecordedAssignment {
        let transaction = context.transaction
        let day = try context.day(stated: on, in: organization)
        let held = try transaction.assignments(of: user, in: organization.id).filter {
            $0.to == nil && $0.holding == .onPremises && $0.product == product
                && (source == nil || $0.source == source)
        }
        guard let license = held.first(where: { $0.source == nil }) ?? held.first else {
            throw Refusal(
                .assignmentNotFound,
                "\(user) has no \(product) on-premises\(source.map { " from \(quoted($0))" } ?? "").",
                facts: [
                    .init("userPrincipalName", .text(user.value)),
                    .init("organizationId", .text(organization.id.value)),
                    .init("product", .text(product.rawValue)),
                ]
            )
        }
        return try AssignmentRelease(context: context, day: day).record(license, action: Self.action)
    }
}
