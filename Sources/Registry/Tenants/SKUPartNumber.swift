/// The name by which Microsoft tells SKUs apart, such as `ENTERPRISEPACK`.
///
/// Part numbers are dirty data: blanks, no-break spaces, slashes, parentheses and mixed case occur in them. So the
/// published text is kept, and two are the same when their ``key`` is.
public struct SKUPartNumber: Sendable {
    /// As published, without blanks at its ends, and with spaces for tabs and other blanks that cannot be seen.
    public let text: String
    /// What part numbers are compared by: each run of blanks (U+00A0 among them) one space, upper case.
    public let key: String

    /// The longest part number that is taken, in bytes of UTF-8. The longest that is published has 103.
    public static let maximumLength = 256

    /// Nil when nothing but blanks is left, for unseen characters inside, and beyond ``maximumLength``.
    public init?(_ published: some StringProtocol) {
        // A tab or another blank that cannot be seen becomes a space, which is the same to the key.
        let seen = trimmingBlanks(published).unicodeScalars.map { isBlank($0) && $0.isUnseen ? " " : $0 }
        let text = String(String.UnicodeScalarView(seen))
        guard !text.isEmpty, text.utf8.count <= Self.maximumLength,
            !text.unicodeScalars.contains(where: \.isUnseen)
        else { return nil }
        self.init(stored: text)
    }

    /// A part number that was validated when it was stored.
    public init(stored text: String) {
        self.text = text
        let words = text.unicodeScalars.split(whereSeparator: isBlank)
        key = (words.count == 1 ? text : words.map { String($0) }.joined(separator: " ")).uppercased()
    }
}

extension SKUPartNumber: Hashable, Comparable {
    public static func == (left: SKUPartNumber, right: SKUPartNumber) -> Bool {
        left.key == right.key
    }

    public static func < (left: SKUPartNumber, right: SKUPartNumber) -> Bool {
        left.key < right.key
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(key)
    }
}

extension SKUPartNumber: CustomStringConvertible {
    /// As published.
    public var description: String { text }
}

extension SKUPartNumber: TextValue {
    public static let form = TextForm(
        "it is a SKU's part number",
        describedAs: "A SKU's part number, as Microsoft publishes it.",
        example: "ENTERPRISEPACK",
        maximumLength: maximumLength
    )
}
