/// R09: what going from silver to gold costs, and the anniversary after it. Changes nothing.
public struct QuoteGoldUpgrade: RegistryQuery {
    public static let summary = "Tell what going from silver to gold costs"

    /// The silver competency's.
    let enrollment: EnrollmentID
    /// The day of the purchase; nil for today.
    var on: CalendarDate?
    /// In the currency's minor unit; needed for the difference at Partner Membership Center.
    var silverFee: Int?
    /// In the currency's minor unit.
    let goldFee: Int

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> GoldUpgradeQuoteResource {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let day = on ?? context.today(in: organization)
        let upgrade = try GoldUpgrade.quote(
            of: enrollment,
            organization: organization,
            silverFee: silverFee,
            goldFee: goldFee,
            purchasedOn: day
        )
        return GoldUpgradeQuoteResource(
            enrollmentId: enrollment.id,
            portal: organization.portals.portal(on: day),
            purchasedOn: day,
            amountDue: upgrade.amountDue,
            anniversary: upgrade.anniversary
        )
    }
}

/// What going from silver to gold costs.
public struct GoldUpgradeQuoteResource: Hashable, Sendable, Codable {
    /// The silver enrollment.
    public let enrollmentId: EnrollmentID
    public let portal: Portal
    public let purchasedOn: CalendarDate
    /// In the currency's minor unit.
    public let amountDue: Int
    public let anniversary: CalendarDate
}
