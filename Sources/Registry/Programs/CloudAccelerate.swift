/// R44: a programme on top of another, without licences of its own.
enum CloudAccelerate {
    /// R44: it needs an Action Pack or a competency that is active on the day it starts (`program.not-available`).
    static func check(holding held: [Program.Kind]) throws(Refusal) {
        guard held.contains(where: { $0 == .actionPack || $0.isCompetency }) else {
            throw Refusal(
                .programNotAvailable,
                rule: .r44,
                "Cloud Accelerate needs an active Action Pack or competency, and the organisation has neither on that "
                    + "day. Record that enrollment first."
            )
        }
    }
}
