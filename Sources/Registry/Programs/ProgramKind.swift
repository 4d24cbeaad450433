extension Program {
    /// A name for the traits that programmes have in common. Two programmes of a kind may still state traits of their own.
    public struct Kind: RawRepresentable, Hashable, Comparable, Sendable {
        public let rawValue: String

        /// Nil unless `rawValue` could be a programme's id.
        public init?(rawValue: String) {
            guard let id = ProgramID(rawValue) else { return nil }
            self.rawValue = id.value
        }

        /// A name that was validated when it was stored.
        public init(stored rawValue: String) {
            self.rawValue = rawValue
        }

        public static func < (left: Self, right: Self) -> Bool {
            left.rawValue < right.rawValue
        }

        /// The kinds whose traits the product knows, in the order of the catalogue.
        public static var allCases: [Kind] { known.map(\.kind) }

        /// Nil for a kind that the product does not know: its programmes state their traits themselves.
        public var knownTraits: ProgramTraits? { Self.traits[self] }

        /// The traits of a kind that the product knows; for another one those of a standing that no rule restricts.
        public var traits: ProgramTraits { knownTraits ?? ProgramTraits() }

        private struct Entry: Decodable {
            let kind: Kind
            let traits: ProgramTraits
        }

        private static let known: [Entry] = embedded(PackageResources.kinds_json)
        private static let traits = Dictionary(uniqueKeysWithValues: known.map { ($0.kind, $0.traits) })
    }
}

extension Program.Kind: TextValue {
    public static var form: TextForm {
        TextForm(
            "a kind is 1 to 64 letters, digits, dots, underscores or dashes",
            describedAs: "What the rules tell programmes apart by, in one word.",
            example: "competency"
        )
    }

    public init?(_ text: String) {
        self.init(rawValue: text)
    }

    public var description: String { rawValue }
}
