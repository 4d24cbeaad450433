/// The name a person signs in with, `user@domain`, in lower case. Compared without regard to case.
public struct UserPrincipalName: Hashable, Comparable, Sendable {
    /// The whole name in lower case, its domain in A-labels.
    public let value: String

    /// Reads a name in either case; blanks around it are left out.
    ///
    /// - Throws: `input.invalid` unless there are 1 to 64 of the characters that Entra ID allows (letters, digits and
    ///   `' . - _ ! # ^ ~`, dots neither first, last nor next to each other), an `@` and a domain name.
    public init(_ text: String) throws(Refusal) {
        let trimmed = trimmingBlanks(text)
        guard let at = trimmed.lastIndex(of: "@") else {
            throw Self.refusal(text, "it has no @; give user@domain.")
        }
        let local = trimmed[..<at]
        guard !local.isEmpty else { throw Self.refusal(text, "there is nothing before the @.") }
        guard local.utf8.count <= 64 else {
            throw Self.refusal(
                text,
                "there are \(local.utf8.count) characters before the @, and at most 64 are allowed."
            )
        }
        for scalar in local.unicodeScalars where !Self.isAllowed(scalar) {
            throw Self.refusal(
                text,
                "\(quoted(String(scalar))) is not allowed before the @; use letters, digits and '.-_!#^~."
            )
        }
        guard local.first != ".", local.last != ".", !local.contains("..") else {
            throw Self.refusal(text, "the part before the @ cannot begin or end with a dot, or have two in a row.")
        }
        let domain: DomainName
        do {
            domain = try DomainName(String(trimmed[trimmed.index(after: at)...]))
        } catch {
            throw Self.refusal(text, error.detail)
        }
        value = "\(local.lowercased())@\(domain.value)"
    }

    /// A name that was validated when it was stored.
    public init(stored value: String) {
        self.value = value
    }

    /// What stands after it.
    public var domain: DomainName {
        DomainName(stored: value.lastIndex(of: "@").map { String(value[value.index(after: $0)...]) } ?? "")
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "'", ".", "-", "_", "!", "#", "^", "~": true
        default: false
        }
    }

    private static func refusal(_ text: String, _ reason: String) -> Refusal {
        Refusal(
            .inputInvalid,
            "\(quoted(text)) is not a user principal name: \(reason)",
            facts: ["userPrincipalName": text]
        )
    }
}

extension UserPrincipalName: NamedValue {
    public static let form = TextForm(
        "it is user@domain",
        describedAs: "The name that a user signs in with.",
        example: "anna@contoso.onmicrosoft.com",
        maximumLength: 320
    )
}
