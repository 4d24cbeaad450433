/// The rules of the domain, by their numbers. The texts are in ``RuleCatalogue``.
public enum Rule: String, Choice {
    public static let summary = "The rule of the domain that stood in the way, or that tells why."

    case r01 = "R01"
    case r02 = "R02"
    case r03 = "R03"
    case r04 = "R04"
    case r05 = "R05"
    case r06 = "R06"
    case r07 = "R07"
    case r08 = "R08"
    case r09 = "R09"
    case r10 = "R10"
    case r11 = "R11"
    case r12 = "R12"
    case r13 = "R13"
    case r14 = "R14"
    case r15 = "R15"
    case r16 = "R16"
    case r17 = "R17"
    case r18 = "R18"
    case r19 = "R19"
    case r20 = "R20"
    case r21 = "R21"
    case r22 = "R22"
    case r23 = "R23"
    case r24 = "R24"
    case r25 = "R25"
    case r26 = "R26"
    case r27 = "R27"
    case r28 = "R28"
    case r29 = "R29"
    case r30 = "R30"
    case r31 = "R31"
    case r32 = "R32"
    case r33 = "R33"
    case r34 = "R34"
    case r35 = "R35"
    case r36 = "R36"
    case r37 = "R37"
    case r38 = "R38"
    case r39 = "R39"
    case r40 = "R40"
    case r41 = "R41"
    case r42 = "R42"
    case r43 = "R43"
    case r44 = "R44"
    case r45 = "R45"
    case r46 = "R46"
    case r47 = "R47"
    case r48 = "R48"
    case r49 = "R49"
    case r50 = "R50"
    case r51 = "R51"
    case r52 = "R52"
    case r53 = "R53"
    case r54 = "R54"
    case r55 = "R55"
    case r56 = "R56"
    case r57 = "R57"
    case r58 = "R58"
    case r59 = "R59"
    case r60 = "R60"
    case r61 = "R61"
    case r62 = "R62"
    case r63 = "R63"
    case r64 = "R64"
}

extension Rule {
    /// Whether it holds since the licensing FAQ alone, for programmes of editions that say so.
    public var isOfLaterEditions: Bool { rawValue >= "R52" }

    /// Of which editions of the licence table it speaks.
    public var edition: String {
        isOfLaterEditions
            ? "later editions: \(BuiltInPrograms.laterEditions.joined(separator: ", "))"
            : "the licensing FAQ's time (edition \(Edition.first.id)), and later where no later rule says otherwise"
    }
}

extension Rule: CustomStringConvertible {
    /// The number, such as `R31`.
    public var description: String { rawValue }

    /// Reads a rule's number, in either case.
    /// - Throws: `Refusal` with `rule.not-found`.
    public init(_ text: String) throws {
        guard let rule = Rule(rawValue: text.uppercased()) else {
            throw Refusal(
                .ruleNotFound,
                "There is no rule \(ActivationCode.excerpt(of: text, 20)): they are R01 to \(Rule.allCases.last?.rawValue ?? "")."
            )
        }
        self = rule
    }
}
