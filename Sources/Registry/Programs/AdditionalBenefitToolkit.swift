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

    /// R11: whether the location may have a toolkit that starts on this day (`program.not-available`).
    ///
    /// - Parameter held: the kinds of programmes that the location itself holds on that day.
    static func check(_ location: Location, holding held: [Program.Kind], startsOn day: CalendarDate) throws(Refusal) {
        if location.isHeadquarters { throw refusal(location, day, "it is the headquarters") }
        if !location.isAssociated { throw refusal(location, day, "it is not associated with the headquarters") }
        if !held.contains(where: \.isCompetency) { throw refusal(location, day, "it has no competency of its own") }
        if held.contains(.additionalBenefitToolkit) {
            throw refusal(location, day, "it already has one, and a location can have only one")
        }
        if !isSold(on: day) {
            let sales = "from \(lastSales.lowerBound) to \(lastSales.upperBound)"
            throw refusal(location, day, "the toolkit is retired, and was last sold \(sales)")
        }
    }

    private static func refusal(_ location: Location, _ day: CalendarDate, _ why: String) -> Refusal {
        Refusal(
            .programNotAvailable,
            rule: .r11,
            "The location \(location.id) cannot have an additional benefit toolkit from \(day): \(why).",
            facts: ["location": location.id, "startsOn": day, "reason": why]
        )
    }
}
