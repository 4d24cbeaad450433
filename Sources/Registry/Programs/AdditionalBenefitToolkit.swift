/// R11: the toolkit that added one set of core benefits to an associated location.
public enum AdditionalBenefitToolkit {
    /// The days of its last sales, 2017-11-01 through 2018-10-31, after which it was retired.
    ///
    /// A start outside of them is refused on both sides: what was bought earlier is not recorded either.
    public static let lastSales = CalendarDate(daysSinceEpoch: 17_471)...CalendarDate(daysSinceEpoch: 17_835)

    /// R11: whether a toolkit could be bought on this day.
    public static func isSold(on day: CalendarDate) -> Bool {
        lastSales.contains(day)
    }

    /// What decides whether a location may have a toolkit.
    public struct Candidate: Hashable, Sendable {
        /// The location's short id, for the sentence.
        public let location: String
        public let isHeadquarters: Bool
        public let isAssociated: Bool
        /// Holds an active competency itself, whatever other locations hold.
        public let hasOwnCompetency: Bool
        /// Holds a toolkit on the day the new one starts.
        public let hasToolkit: Bool
    }

    /// R11: whether the location may have a toolkit that starts on this day (`program.not-available`).
    public static func check(_ candidate: Candidate, startsOn day: CalendarDate) -> Result<Void, Refusal> {
        if candidate.isHeadquarters { return refuse(candidate, day, "it is the headquarters") }
        if !candidate.isAssociated { return refuse(candidate, day, "it is not associated with the headquarters") }
        if !candidate.hasOwnCompetency { return refuse(candidate, day, "it has no competency of its own") }
        if candidate.hasToolkit {
            return refuse(candidate, day, "it already has one, and a location can have only one")
        }
        if !isSold(on: day) {
            return refuse(
                candidate,
                day,
                "the toolkit is retired, and was last sold from \(lastSales.lowerBound) to \(lastSales.upperBound)"
            )
        }
        return .success(())
    }

    private static func refuse(_ candidate: Candidate, _ day: CalendarDate, _ why: String) -> Result<Void, Refusal> {
        .failure(
            Refusal(
                .programNotAvailable,
                rule: .r11,
                "The location \(candidate.location) cannot have an additional benefit toolkit from \(day): \(why).",
                facts: [
                    .init("location", .text(candidate.location)),
                    .init("startsOn", .text(day.description)),
                    .init("reason", .text(why)),
                ]
            )
        )
    }
}
