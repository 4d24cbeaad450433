/// R17: what physical media cost when they are ordered during the programme year.
public enum MediaFee {
    /// R17: the part of a year's fee that is left to pay on `day`, that day included, rounded to the nearest cent; the
    /// whole fee at the enrollment and before it.
    ///
    /// - Parameter cents: the fee of the whole year, in hundredths of its currency; not negative.
    /// - Returns: the quote; `enrollment.ended` after the year's last day.
    public static func prorated(_ cents: Int, of year: ProgramYear, on day: CalendarDate) -> Result<Quote, Refusal> {
        let days = year.endsOn.days(since: year.startsOn) + 1
        let left = min(days, year.endsOn.days(since: day) + 1)
        guard left > 0 else {
            return .failure(
                Refusal(
                    .enrollmentEnded,
                    rule: .r17,
                    "Nothing is left of the programme year on \(day): it ended with \(year.endsOn). Order media with the "
                        + "next enrollment.",
                    facts: [.init("endsOn", .text(year.endsOn.description))]
                )
            )
        }
        return .success(Quote(cents: (cents * left * 2 + days) / (days * 2), daysLeft: left, daysOfYear: days))
    }

    /// What is to pay.
    public struct Quote: Hashable, Sendable {
        public let cents: Int
        public let daysLeft: Int
        public let daysOfYear: Int

        public init(cents: Int, daysLeft: Int, daysOfYear: Int) {
            self.cents = cents
            self.daysLeft = daysLeft
            self.daysOfYear = daysOfYear
        }
    }

    /// R17: only core products come on media: the Windows operating systems, SQL Server and the Office client
    /// applications; others are refused (`license.not-allowed`).
    public static func checkCore(_ product: String) -> Result<Void, Refusal> {
        let words = product.lowercased().split { !$0.isLetter && !$0.isNumber }
        if KeyedProduct(of: product) != .other || words.contains("sql") { return .success(()) }
        return .failure(
            Refusal(
                .licenseNotAllowed,
                rule: .r17,
                "\(quoted(product)) is not offered on physical media: only Windows, Windows Server, SQL Server and the "
                    + "Office client applications are. Everything can be downloaded without a fee.",
                facts: [.init("product", .text(product))]
            )
        )
    }
}
