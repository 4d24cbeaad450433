/// R03: who shares licences with whom.
///
/// A location that is not associated shares nothing in either direction, and has what is its own. It is no part of the
/// organisation that R02, R04, R12 and R38 speak of: they hold for it by itself.
public enum Sharing: Hashable, Sendable {
    /// The headquarters and the locations associated with it.
    case organization
    /// A location that is not associated.
    case apart(LocationID)

    public init(_ location: Location) {
        self = location.isHeadquarters || location.isAssociated ? .organization : .apart(location.id)
    }

    /// R03: only the headquarters and the locations associated with it share; another one neither gives nor takes
    /// (`location.not-associated`).
    ///
    /// - Parameter location: its short id, for the sentence.
    public static func check(location: String, isHeadquarters: Bool, isAssociated: Bool) -> Result<Void, Refusal> {
        guard !isHeadquarters, !isAssociated else { return .success(()) }
        return .failure(
            Refusal(
                .locationNotAssociated,
                rule: .r03,
                "The location \(location) is not associated with the organisation's headquarters, so it shares "
                    + "no licences with it. Associate it first, or use a location that is.",
                facts: [.init("location", .text(location))]
            )
        )
    }
}
