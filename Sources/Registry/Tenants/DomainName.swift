/// A domain name as the DNS holds it: at least two labels, lower case, A-labels (`xn--…`) for what is not ASCII.
///
/// R51: a domain belongs to one tenant; a subdomain of it may belong to another.
public struct DomainName: Hashable, Comparable, Sendable {
    /// Such as `contoso.onmicrosoft.com` or `xn--bcher-kva.example`.
    public let value: String

    /// Reads a domain name in any case, in Unicode or in A-labels, with or without the dot of the root at its end.
    ///
    /// - Throws: `input.invalid`, naming the label and what is wrong with it.
    public init(_ text: String) throws(Refusal) {
        guard text.utf8.count <= 1_024 else {
            throw Self.refusal(text, "it is longer than any domain name.")
        }
        var labels = text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: Self.isDot)
            .map { String($0) }
        if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
        guard labels.contains(where: { !$0.isEmpty }) else { throw Self.refusal(text, "it is empty.") }

        var result: [String] = []
        for label in labels {
            do {
                result.append(try Self.normalForm(label))
            } catch {
                let subject = label.isEmpty ? "one of its labels" : "the label \(quoted(label))"
                throw Self.refusal(text, "\(subject) \(error.reason).", label: label)
            }
        }
        guard result.count >= 2 else {
            throw Self.refusal(text, "it has a single label; a domain such as contoso.com has two or more.")
        }
        if let last = result.last, last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            throw Self.refusal(text, "the last label \(quoted(last)) is a number.", label: last)
        }
        let value = result.joined(separator: ".")
        guard value.utf8.count <= 253 else {
            throw Self.refusal(text, "it has \(value.utf8.count) characters, and at most 253 are allowed.")
        }
        self.value = value
    }

    /// A name that was validated when it was stored.
    public init(stored value: String) {
        self.value = value
    }

    /// The name as people write it: `bücher.example`.
    public var unicode: String {
        value.split(separator: ".").map { label in
            guard label.hasPrefix(InternationalLabel.prefix) else { return String(label) }
            return (try? InternationalLabel.unicode(String(label))) ?? String(label)
        }.joined(separator: ".")
    }

    /// The dot, and what IDNA takes for one.
    private static func isDot(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "\u{3002}", "\u{FF0E}", "\u{FF61}": true
        default: false
        }
    }

    private static func normalForm(_ label: String) throws(InternationalLabel.Flaw) -> String {
        let isASCII = label.utf8.allSatisfy { $0 < 128 }
        let ascii = isASCII ? label.lowercased() : try InternationalLabel.ascii(label)
        guard let first = ascii.utf8.first, let last = ascii.utf8.last else { throw .init(reason: "is empty") }
        guard ascii.utf8.count <= 63 else {
            throw .init(reason: "has \(ascii.utf8.count) characters, and at most 63 are allowed")
        }
        let dash = UInt8(ascii: "-")
        for scalar in ascii.unicodeScalars
        where !("a"..."z").contains(scalar) && !("0"..."9").contains(scalar) && scalar != "-" {
            throw .init(
                reason: "has the character \(quoted(String(scalar))); use letters, digits and dashes"
            )
        }
        if first == dash { throw .init(reason: "begins with a dash") }
        if last == dash { throw .init(reason: "ends with a dash") }
        if ascii.hasPrefix(InternationalLabel.prefix) { _ = try InternationalLabel.unicode(ascii) }
        return ascii
    }

    private static func refusal(_ text: String, _ reason: String, label: String? = nil) -> Refusal {
        let facts: Refusal.Facts = ["domain": text] + (label.map { ["label": $0] } ?? [:])
        return Refusal(.inputInvalid, "\(quoted(text)) is not a domain name: \(reason)", facts: facts)
    }
}

extension DomainName: NamedValue {
    public static let form = TextForm(
        "it is a domain name",
        describedAs: "A domain name of two or more labels.",
        example: "contoso.onmicrosoft.com",
        maximumLength: 253
    )
}
