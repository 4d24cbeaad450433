/// R17: what physical media cost for what is left of an enrollment's year.
public struct QuoteMedia: RegistryQuery {
    public static let summary = "Prorate the fee of physical media"

    let enrollment: EnrollmentID
    /// The fee of the whole year.
    let fee: Money
    /// The day of the order; nil for today.
    var on: CalendarDate?
    /// The product wanted on media; nil for the set of core products.
    var product: KeptText?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> MediaQuoteResource {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let day = on ?? context.today(in: organization)
        if let product { try MediaFee.checkCore(product.text).get() }
        let quote = try MediaFee.prorated(fee.cents, of: enrollment.year, on: day).get()
        return MediaQuoteResource(
            enrollmentId: enrollment.id,
            on: day,
            endsOn: enrollment.year.endsOn,
            daysLeft: quote.daysLeft,
            daysOfYear: quote.daysOfYear,
            fee: fee,
            proratedFee: Money(cents: quote.cents),
            warnings: [
                Warning(
                    code: "media.country",
                    rule: .r17,
                    detail:
                        "Check that media are available in \(enrollment.country): not every country has them, and a "
                        + "fee that was paid is not refunded."
                )
            ]
        )
    }
}

/// What physical media cost.
public struct MediaQuoteResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    /// The day of the order.
    public let on: CalendarDate
    /// The year's last day.
    public let endsOn: CalendarDate
    public let daysLeft: Int
    public let daysOfYear: Int
    /// The fee of the whole year.
    public let fee: Money
    /// What is to pay, in the fee's currency.
    public let proratedFee: Money
    public let warnings: [Warning]
}
