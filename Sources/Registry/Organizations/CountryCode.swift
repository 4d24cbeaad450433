/// A country by its ISO 3166-1 alpha-2 code, in upper case.
public struct CountryCode: Hashable, Comparable, Sendable {
    public let value: String

    /// Reads a code in either case.
    ///
    /// - Throws: `input.invalid` for anything but one of the officially assigned codes.
    public init(_ text: some StringProtocol) throws(Refusal) {
        let value = trimmingBlanks(text).uppercased()
        guard Self.zones[value] != nil else {
            throw Refusal(
                .inputInvalid,
                "\(quoted(text)) is not a country code. \(Self.advice(on: value))",
                facts: ["country": value]
            )
        }
        self.value = value
    }

    /// A code that was validated when it was stored.
    public init(stored value: String) {
        self.value = value
    }

    /// The country's time zones, in the order of the time zone database's `zone.tab`; empty where it has none of its own.
    ///
    /// Zones that have told the same time since 1990 are one zone here, the first of them. So a country with one zone, such
    /// as Germany (`Europe/Berlin`), leaves no choice.
    public var timeZones: [String] { Self.zones[value] ?? [] }

    private static func advice(on value: String) -> String {
        switch value {
        case "UK": "The United Kingdom is GB."
        case "EL": "Greece is GR."
        default: "Give the two letters of ISO 3166-1, such as US or DE."
        }
    }

    /// All officially assigned codes, each with its time zones: `Catalogue/countries.txt`.
    static let zones = Dictionary(
        String(decoding: PackageResources.countries_txt, as: UTF8.self).split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (words[0], Array(words.dropFirst()))
        },
        uniquingKeysWith: { first, _ in first }
    )
}

extension CountryCode: NamedValue {
    public static let form = TextForm(
        "it is a country's two letters",
        describedAs: "A country by its ISO 3166-1 alpha-2 code.",
        example: "DE",
        pattern: "^[A-Za-z]{2}$"
    )
}
