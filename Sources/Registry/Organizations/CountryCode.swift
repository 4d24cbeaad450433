/// A country by its ISO 3166-1 alpha-2 code, in upper case.
public struct CountryCode: Hashable, Comparable, Sendable {
    public let value: String

    /// Reads a code in either case.
    ///
    /// - Throws: `input.invalid` for anything but one of the officially assigned codes.
    public init(_ text: some StringProtocol) throws(Refusal) {
        let value = trimmingBlanks(text).uppercased()
        guard Self.assigned.contains(value) else {
            throw Refusal(
                .inputInvalid,
                "\(quoted(text)) is not a country code. \(Self.advice(on: value))",
                facts: [.init("country", .text(value))]
            )
        }
        self.value = value
    }

    /// A code that was validated when it was stored.
    public init(stored value: String) {
        self.value = value
    }

    public static func < (left: CountryCode, right: CountryCode) -> Bool {
        left.value < right.value
    }

    /// All officially assigned codes, in the order of the alphabet.
    public static let all: [CountryCode] = assigned.sorted().map(CountryCode.init(stored:))

    private static func advice(on value: String) -> String {
        switch value {
        case "UK": "The United Kingdom is GB."
        case "EL": "Greece is GR."
        default: "Give the two letters of ISO 3166-1, such as US or DE."
        }
    }

    private static let assigned = Set(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ
        BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ
        DE DJ DK DM DO DZ
        EC EE EG EH ER ES ET
        FI FJ FK FM FO FR
        GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY
        HK HM HN HR HT HU
        ID IE IL IM IN IO IQ IR IS IT
        JE JM JO JP
        KE KG KH KI KM KN KP KR KW KY KZ
        LA LB LC LI LK LR LS LT LU LV LY
        MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
        NA NC NE NF NG NI NL NO NP NR NU NZ
        OM
        PA PE PF PG PH PK PL PM PN PR PS PT PW PY
        QA
        RE RO RS RU RW
        SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ
        TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
        UA UG UM US UY UZ
        VA VC VE VG VI VN VU
        WF WS
        YE YT
        ZA ZM ZW
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}

extension CountryCode: CustomStringConvertible {
    public var description: String { value }
}

extension CountryCode: TextValue {
    public static let form = TextForm(
        "it is a country's two letters",
        describedAs: "A country by its ISO 3166-1 alpha-2 code.",
        example: "DE",
        pattern: "^[A-Za-z]{2}$"
    )

    public init?(text: String) throws {
        try self.init(text)
    }
}
