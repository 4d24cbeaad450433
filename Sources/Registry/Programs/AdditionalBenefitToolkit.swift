/// R11: the toolkit that added one set of core benefits to an associated location.
public enum AdditionalBenefitToolkit {
    static let kind = Program.Kind(stored: "additional-benefit-toolkit")

    /// R11: whether a toolkit could be bought on this day.
    public static func isSold(on day: CalendarDate) -> Bool {
        kind.traits.isSold(on: day)
    }
}
