/// Who shares licences with whom.
public enum Sharing {
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
