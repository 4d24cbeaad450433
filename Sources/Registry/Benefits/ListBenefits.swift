/// What an organisation's enrollments grant today, benefit by benefit, and what became of it.
public struct ListBenefits: RegistryQuery {
    public static let summary = "List what an organisation's enrollments grant, and what of it was redeemed"

    let organization: OrganizationID
    /// Nil for today.
    var on: CalendarDate?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> [BenefitResource] {
        let day = on ?? context.today(in: organization)
        let history = try GrantHistory(of: organization, reading: context.reading)
        let redemptions = try context.reading.benefitRedemptions(of: organization.id)
        return history.grants(on: day).compactMap { held in
            let enrollment = held.enrollment
            let product = held.grant.product
            guard let benefit = history.benefits(of: enrollment.id).first(where: { $0.product == product }) else {
                return nil
            }
            let redemption = redemptions.first { $0.enrollmentID == enrollment.id && $0.product == product }
            return BenefitResource(
                enrollmentId: enrollment.id,
                program: enrollment.programID,
                edition: enrollment.edition,
                benefit: product,
                granted: held.grant.granted,
                unit: benefit.unit,
                skus: benefit.skus,
                redemption: benefit.skus.isEmpty ? nil : enrollment.traits.redemption,
                activateBy: benefit.terms.activateBy(in: enrollment.year),
                reassignAfterDays: benefit.terms.reassignAfterDays,
                reassignments: benefit.terms.reassignments,
                redeemedOn: redemption?.redeemedOn,
                tenantDomain: redemption?.tenantDomain
            )
        }
    }
}

/// A benefit that an enrollment grants.
public struct BenefitResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let program: ProgramID
    /// The licence table that the enrollment was made from; null where the records do not tell.
    @Nullable public var edition: EditionID?
    public let benefit: ProductLine
    /// R12: as of the day asked about.
    public let granted: Int
    /// What it counts.
    public let unit: String
    /// The SKUs that it may be used as; none for what is no cloud service with seats.
    public let skus: [SKUPartNumber]
    /// Null for what is no cloud service with seats.
    @Nullable public var redemption: ProgramTraits.Redemption?
    /// R61: the last day on which it can be activated.
    public let activateBy: CalendarDate
    /// R62: the days after which its holder may be another.
    @Nullable public var reassignAfterDays: Int?
    /// R62: how often its holder may be another.
    @Nullable public var reassignments: Int?
    /// When it was redeemed without a code; null while it was not, and for what has codes.
    @Nullable public var redeemedOn: CalendarDate?
    @Nullable public var tenantDomain: DomainName?
}
