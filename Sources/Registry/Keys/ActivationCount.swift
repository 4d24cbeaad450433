/// Whether an activation takes one from its key's count.
public enum ActivationCount: String, Choice {
    public static let summary = "How a key counts its activations."

    /// R25: the key has not activated the machine before.
    case newMachine = "new-machine"
    /// R25: the machine's hardware is another one than at its last activation.
    case changedHardware = "changed-hardware"
    /// R25: a fingerprint was stated at one of the two activations only, so nothing shows that the hardware is the same.
    case unprovenHardware = "unproven-hardware"
    /// R25: the same machine with the same hardware.
    case sameHardware = "same-hardware"
    /// R26: every activation counts.
    case everyActivation = "every-activation"

    /// R25, R26 or R60, as the key's programme has it; R26 for keys of another source.
    ///
    /// - Parameters:
    ///   - hardware: the fingerprint stated now.
    ///   - previous: the machine's last activation with the key.
    public init(program: ProgramTraits, source: ProductKey.Source, hardware: String?, previous: KeyActivation?) {
        guard program.activations != .every, source == .program else {
            self = .everyActivation
            return
        }
        switch (previous, previous?.hardware, hardware) {
        case (nil, _, _): self = .newMachine
        case (_, let before, let now) where before == now: self = .sameHardware
        case (_, _?, _?): self = .changedHardware
        default: self = .unprovenHardware
        }
    }

    public var isConsumed: Bool { self != .sameHardware }

    public var rule: Rule { self == .everyActivation ? .r26 : .r25 }
}
