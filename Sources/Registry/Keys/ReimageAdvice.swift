/// R26: machines that are reimaged should not be activated at all.
public enum ReimageAdvice {
    /// A machine activated so many times within ``days`` was reimaged; the advice is worth most the first time.
    public static let times = 2
    public static let days = 365

    /// The first day that counts.
    public static func windowStart(on today: CalendarDate) -> CalendarDate {
        today.adding(days: 1 - days)
    }

    /// Whether each activation of the key takes one, so that rebuilding a machine is dear.
    public static func concerns(_ key: ProductKey) -> Bool {
        key.activations != nil
            && ActivationCount(program: key.traits, source: key.source, hardware: nil, previous: nil)
                == .everyActivation
    }

    /// What to say of a machine that was activated `activations` times within ``days``; nil where once.
    public static func warning(for machine: MachineActivations) -> Warning? {
        guard machine.activations >= times else { return nil }
        return Warning(
            code: "key.reimaged-often",
            rule: .r26,
            detail:
                "\(quoted(machine.machine)) was activated \(machine.activations) times within a year, and each time took one "
                + "from the key's count. If it is reimaged often, as laboratory, demonstration and classroom machines "
                + "are, leave it unactivated: use the grace period after installation, and rearm it."
        )
    }
}
