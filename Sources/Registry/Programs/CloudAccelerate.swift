/// R44: a programme on top of another, without licences of its own.
public enum CloudAccelerate {
    /// R44: it needs an Action Pack or a competency that is active on the day it starts (`program.not-available`).
    public static func check(hasActionPack: Bool, hasCompetency: Bool) -> Result<Void, Refusal> {
        guard !hasActionPack, !hasCompetency else { return .success(()) }
        return .failure(
            Refusal(
                .programNotAvailable,
                rule: .r44,
                "Cloud Accelerate needs an active Action Pack or competency, and the organisation has neither on that "
                    + "day. Record that enrollment first."
            )
        )
    }

    /// R44: it grants nothing, whatever a catalogue says.
    public static let benefits: [Benefit] = []
}
