/// R17: what physical media cost for what is left of an enrollment's year.
public struct MediaQuoteQuery: RegistryQuery {
    public let enrollmentID: EnrollmentID
    /// The fee of the whole year, in hundredths of its currency.
    public let cents: Int
    /// Nil for today.
    public let on: CalendarDate?
    /// The product wanted on media; nil for the set of core products.
    public let product: String?

    public init(enrollmentID: EnrollmentID, cents: Int, on: CalendarDate?, product: String?) {
        self.enrollmentID = enrollmentID
        self.cents = cents
        self.on = on
        self.product = product
    }

    public struct Answer: Hashable, Sendable {
        public let enrollment: Enrollment
        public let day: CalendarDate
        public let quote: MediaFee.Quote
        public let warnings: [Warning]
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollmentID, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> Answer {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let day = on ?? context.today(in: organization)
        if let product { try MediaFee.checkCore(product).get() }
        return Answer(
            enrollment: enrollment,
            day: day,
            quote: try MediaFee.prorated(cents, of: enrollment.year, on: day).get(),
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
