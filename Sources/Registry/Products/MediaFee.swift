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
                    "Nothing is left of the programme year on \(day): it ended on \(year.endsOn). Order media with the "
                        + "next enrollment.",
                    facts: ["endsOn": year.endsOn]
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
        if isCore(product) { return .success(()) }
        return .failure(
            Refusal(
                .licenseNotAllowed,
                rule: .r17,
                "\(quoted(product)) is not offered on physical media: only Windows, Windows Server, SQL Server and the "
                    + "Office client applications are. Everything can be downloaded free of charge.",
                facts: ["product": product]
            )
        )
    }

    /// Whether `product` names a core product, by its own name, a short one, or one that is a slip away from it.
    private static func isCore(_ product: String) -> Bool {
        if KeyedProduct(of: product) != .other { return true }
        let words = product.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        if words.contains(where: services.contains) { return false }
        let isOfficeServer = words.contains("server") && !words.contains { isNear($0, "windows") || $0 == "sql" }
        return words.contains { word in
            coreNames.contains { $0 == word || (word.count > 4 && isNear(word, $0)) }
        } && !isOfficeServer
    }

    private static func isNear(_ word: String, _ name: String) -> Bool {
        editDistance(Array(word.unicodeScalars.prefix(40)), Array(name.unicodeScalars)) <= 1
    }

    private static let coreNames = [
        "windows", "win", "win7", "win8", "win10", "sql", "sqlserver", "office", "word", "excel", "powerpoint",
        "outlook", "onenote", "publisher", "visio", "project",
    ]

    /// What bears a core product's name and is a service.
    private static let services: Set<String> = ["365", "azure", "intune", "online", "phone", "live"]
}
