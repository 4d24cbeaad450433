/// The text of every rule. The entries stand in files by subject; this is their index.
public enum RuleCatalogue {
    /// All texts, in the order of their numbers.
    public static let all: [RuleText] = Rule.allCases.map { text(for: $0) }

    /// The rules that can only be told: what they are about leaves no trace in the registry.
    public static let toldOnly: Set<Rule> = [.r23]

    /// What `rule` says.
    public static func text(for rule: Rule) -> RuleText {
        switch rule {
        case .r01: r01
        case .r02: r02
        case .r03: r03
        case .r04: r04
        case .r05: r05
        case .r06: r06
        case .r07: r07
        case .r08: r08
        case .r09: r09
        case .r10: r10
        case .r11: r11
        case .r12: r12
        case .r13: r13
        case .r14: r14
        case .r15: r15
        case .r16: r16
        case .r17: r17
        case .r18: r18
        case .r19: r19
        case .r20: r20
        case .r21: r21
        case .r22: r22
        case .r23: r23
        case .r24: r24
        case .r25: r25
        case .r26: r26
        case .r27: r27
        case .r28: r28
        case .r29: r29
        case .r30: r30
        case .r31: r31
        case .r32: r32
        case .r33: r33
        case .r34: r34
        case .r35: r35
        case .r36: r36
        case .r37: r37
        case .r38: r38
        case .r39: r39
        case .r40: r40
        case .r41: r41
        case .r42: r42
        case .r43: r43
        case .r44: r44
        case .r45: r45
        case .r46: r46
        case .r47: r47
        case .r48: r48
        case .r49: r49
        case .r50: r50
        case .r51: r51
        }
    }
}
