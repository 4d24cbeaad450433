/// A short name that a person chose, such as an organisation's `contoso`. Compared exactly.
public struct Identifier<Subject>: Hashable, Comparable, Sendable {
    public let value: String

    /// Nil unless `value` is 1 to 64 letters, digits, dots, underscores or dashes, and begins with a letter or digit.
    public init?(_ value: String) {
        let bytes = value.utf8
        guard (1...64).contains(bytes.count),
            let first = bytes.first, Self.isLetterOrDigit(first),
            bytes.allSatisfy({ Self.isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F })
        else { return nil }
        self.value = value
    }

    /// A name that was validated when it was stored.
    public init(stored value: String) {
        self.value = value
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}

extension Identifier: NamedValue {
    public static var form: TextForm {
        TextForm(
            "an id is 1 to 64 letters, digits, dots, underscores or dashes, and begins with a letter or digit",
            describedAs: "A short name that a person chose.",
            example: "contoso",
            pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
        )
    }
}

/// What the registry numbers itself: tokens, seat blocks, assignments.
public protocol Numbered {
    /// The letter before the number, such as `T` in `T42`.
    static var numberPrefix: String { get }
}

/// A number that the registry gave, such as a token's `T42`. Numbers are never given twice.
public struct NumberedIdentifier<Subject: Numbered>: Hashable, Comparable, Sendable {
    public let number: Int64

    public init(number: Int64) {
        self.number = number
    }

    /// Reads the text form, in either case; nil for anything else.
    public init?(_ text: String) {
        guard text.uppercased().hasPrefix(Subject.numberPrefix) else { return nil }
        let digits = text.dropFirst(Subject.numberPrefix.count)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int64(digits), number > 0
        else { return nil }
        self.number = number
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }
}

extension NumberedIdentifier: CustomStringConvertible {
    public var description: String { "\(Subject.numberPrefix)\(number)" }
}

extension NumberedIdentifier: TextValue {
    public static var form: TextForm {
        TextForm(
            "an id looks like \(Subject.numberPrefix)42",
            describedAs: "A number that the registry gave.",
            example: "\(Subject.numberPrefix)42",
            pattern: "^[\(Subject.numberPrefix)\(Subject.numberPrefix.lowercased())][1-9][0-9]{0,17}$"
        )
    }
}

/// `identifier.taken`, for a thing of this kind ("An organisation").
func identifierTaken(_ kind: String, _ id: String) -> Refusal {
    Refusal(.identifierTaken, "\(kind) \(id) already exists; choose another id.", facts: ["id": id])
}
