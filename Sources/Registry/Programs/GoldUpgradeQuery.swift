/// R09: what going from silver to gold costs, and the anniversary after it. Changes nothing.
public struct GoldUpgradeQuery: RegistryQuery {
    public let enrollmentID: EnrollmentID
    /// The day of the purchase; nil for today.
    public let on: CalendarDate?
    /// In the currency's minor unit; nil where it is not known.
    public let silverFee: Int?
    /// In the currency's minor unit.
    public let goldFee: Int

    public init(enrollmentID: EnrollmentID, on: CalendarDate?, silverFee: Int?, goldFee: Int) {
        self.enrollmentID = enrollmentID
        self.on = on
        self.silverFee = silverFee
        self.goldFee = goldFee
    }

    public struct Answer: Hashable, Sendable {
        public let enrollmentID: EnrollmentID
        public let portal: Portal
        public let purchasedOn: CalendarDate
        public let upgrade: GoldUpgrade
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollmentID, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> Answer {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let day = on ?? context.today(in: organization)
        let upgrade = try GoldUpgrade.quote(
            of: enrollment,
            organization: organization,
            silverFee: silverFee,
            goldFee: goldFee,
            purchasedOn: day
        )
        return Answer(
            enrollmentID: enrollmentID,
            portal: organization.portal,
            purchasedOn: day,
            upgrade: upgrade
        )
    }
}
