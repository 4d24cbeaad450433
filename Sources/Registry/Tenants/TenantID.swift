/// A directory's GUID, in lower case.
public struct TenantID: Hashable, Comparable, Sendable {
    public let value: String

    /// Reads a GUID in either case, with or without braces; nil for anything else.
    public init?(_ text: String) {
        var text = text.lowercased()
        if text.hasPrefix("{"), text.hasSuffix("}") { text = String(text.dropFirst().dropLast()) }
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return nil }
        for (index, byte) in bytes.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == 0x2D else { return nil }
            } else {
                guard (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) else { return nil }
            }
        }
        value = text
    }

    /// A GUID that was validated when it was stored.
    public init(stored value: String) {
        self.value = value
    }
}

extension TenantID: NamedValue {
    public static let form = TextForm(
        "it is a GUID of 32 hexadecimal digits",
        describedAs: "A directory's GUID.",
        example: "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        format: "uuid"
    )
}
