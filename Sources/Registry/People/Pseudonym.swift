/// A person's name stands in one place, from which it can be taken out. The ledgers name a person by a pseudonym, a salted
/// digest that looks like a name: it stands for the name wherever the name is not known any more.
extension UserPrincipalName {
    /// Nobody signs in there: `invalid` is no domain (RFC 2606).
    private static let pseudonymDomain = "@person.invalid"

    /// - Parameter digest: what tells it from others; 16 bytes of a salted hash.
    public init(pseudonymOf digest: some Sequence<UInt8>) {
        self.init(stored: Array(digest).hexadecimal + Self.pseudonymDomain)
    }

    /// Whether it is a person's pseudonym, and no name.
    public var isPseudonym: Bool { value.hasSuffix(Self.pseudonymDomain) }
}

extension AuditValue {
    /// With every user principal name in its texts replaced.
    public func replacingNames(by other: (UserPrincipalName) throws -> UserPrincipalName) rethrows -> AuditValue {
        switch self {
        case .null, .flag, .number: self
        case .text(let text): .text(try text.replacingNames(by: other))
        case .list(let list): .list(try list.map { try $0.replacingNames(by: other) })
        case .object(let object): .object(try object.mapValues { try $0.replacingNames(by: other) })
        }
    }
}

extension String {
    /// With every user principal name in it replaced, whether it is the whole text or stands in a sentence.
    public func replacingNames(by other: (UserPrincipalName) throws -> UserPrincipalName) rethrows -> String {
        guard utf8.contains(UInt8(ascii: "@")) else { return self }
        if let name = try? UserPrincipalName(self) { return try other(name).value }
        var result = ""
        var rest = self[...]
        while let at = rest.firstIndex(of: "@") {
            let start = rest[..<at].lastIndex { !Self.standsBeforeAt($0) }.map(rest.index(after:)) ?? rest.startIndex
            let afterAt = rest.index(after: at)
            let stop = rest[afterAt...].firstIndex { !Self.standsAfterAt($0) } ?? rest.endIndex
            // What ends a sentence or quotes a name is no part of it.
            let local = rest[start..<at].drop { $0 == "'" || $0 == "." }
            var domain = rest[afterAt..<stop]
            while let last = domain.last, last == "." || last == "-" { domain.removeLast() }
            if let name = try? UserPrincipalName("\(local)@\(domain)") {
                result += rest[..<local.startIndex]
                result += try other(name).value
                rest = rest[domain.endIndex...]
            } else {
                result += rest[..<afterAt]
                rest = rest[afterAt...]
            }
        }
        return result + rest
    }

    private static func standsBeforeAt(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "'.-_!#^~".contains(character))
    }

    /// A domain may be written in letters of any language.
    private static func standsAfterAt(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "." || character == "-"
    }
}
