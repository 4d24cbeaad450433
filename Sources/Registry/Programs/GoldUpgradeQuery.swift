/// R09: what going from silver to gold costs, and the anniversary after it. Changes nothing.
public struct GoldUpgradeQuery: RegistryQuery {
    public let enrollmentID: EnrollmentID
    /// The day of the purchase; nil for today.
    public let on: CalendarDate?
    /// In the currency's minor unit.
    public let silverFee: Int
    /// In the currency's minor unit.
    public let goldFee: Int

    public init(enrollmentID: EnrollmentID, on: CalendarDate?, silverFee: Int, goldFee: Int) {
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

    public func answer(in context: QueryContext) throws -> Answer {
        let enrollment = try context.reading.requireEnrollment(enrollmentID)
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        try context.require(.statement, in: organization.id)
        let day = on ?? context.today(in: organization)
        guard enrollment.programKind == .silverCompetency else {
            throw Refusal(
                .programNotAvailable,
                rule: .r09,
                "\(enrollmentID) is an enrollment in \(enrollment.programID); only a silver competency goes to gold.",
                facts: [.init("enrollmentId", .text(enrollmentID.value))]
            )
        }
        if let ending = enrollment.ending, ending.on <= day {
            throw Refusal(
                .enrollmentEnded,
                rule: .r09,
                "\(enrollmentID) has been \(ending.kind.rawValue) since \(ending.on); there is nothing to upgrade.",
                facts: [.init("enrollmentId", .text(enrollmentID.value))]
            )
        }
        let upgrade = try GoldUpgrade.quote(
            at: organization.portal,
            silverFee: silverFee,
            goldFee: goldFee,
            purchasedOn: day,
            year: enrollment.year,
            length: organization.yearLength
        ).get()
        return Answer(
            enrollmentID: enrollmentID,
            portal: organization.portal,
            purchasedOn: day,
            upgrade: upgrade
        )
    }
}
