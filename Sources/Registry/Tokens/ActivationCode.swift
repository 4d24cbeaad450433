/// A 5x5 code: five groups of five letters or digits. Tokens and product keys both have this form (R28).
///
/// It is a secret. Every description and every encoding shows only the last group; the text itself is
/// reached by name, with ``revealed``.
public struct ActivationCode: Hashable, Sendable {
    private let characters: String

    /// What makes a text no 5x5 code. Never says what the text was.
    public struct Malformation: Error, Hashable, Sendable {
        /// The group, counted from 1; nil when the groups cannot be told apart.
        public let group: Int?
        /// The character inside its group, counted from 1; nil when the whole group is meant.
        public let character: Int?
        /// The reason, as a sentence for a person.
        public let reason: String
    }

    /// Reads a code in either case, with any dashes or blanks, or none, between its groups.
    /// - Throws: ``Malformation``, which names the group and the character.
    public init(parsing text: String) throws(Malformation) {
        var groups: [[Unicode.Scalar]] = [[]]
        for scalar in text.unicodeScalars {
            if Self.isSeparator(scalar) {
                if groups[groups.count - 1].isEmpty == false { groups.append([]) }
            } else {
                groups[groups.count - 1].append(scalar)
            }
        }
        if groups[groups.count - 1].isEmpty { groups.removeLast() }
        guard !groups.isEmpty else {
            throw Malformation(group: nil, character: nil, reason: "The code is empty.")
        }
        // Where dashes are missing, a run of 10, 15, 20 or 25 characters is that many groups.
        let pieces = groups.flatMap { run -> [[Unicode.Scalar]] in
            guard run.count > 5, run.count % 5 == 0 else { return [run] }
            return stride(from: 0, to: run.count, by: 5).map { Array(run[$0..<$0 + 5]) }
        }
        var normal = ""
        for (index, piece) in pieces.enumerated() {
            for (position, scalar) in piece.enumerated() {
                guard let character = Self.normalized(scalar) else {
                    throw Malformation(
                        group: index + 1,
                        character: position + 1,
                        reason: "Character \(position + 1) of group \(index + 1) is neither a letter nor a digit."
                    )
                }
                normal.unicodeScalars.append(character)
            }
            guard piece.count == 5 else {
                throw Malformation(
                    group: index + 1,
                    character: nil,
                    reason: "Group \(index + 1) has \(piece.count) characters; a group has 5."
                )
            }
        }
        guard pieces.count == 5 else {
            throw Malformation(
                group: pieces.count < 5 ? pieces.count + 1 : 6,
                character: nil,
                reason: "The code has \(pieces.count) groups; a code has 5 groups of 5 letters or digits."
            )
        }
        characters = normal
    }

    /// A normal form that was sealed by this registry.
    public init(unsealed characters: String) {
        self.characters = characters
    }

    /// Microsoft's own alphabet; a real code has at most one `N` beside it.
    public static let alphabet = Array("BCDFGHJKMPQRTVWXY2346789".unicodeScalars)

    /// A new code of that alphabet, from `randomness`: 25 characters, some 114 bits.
    public static func minted(with randomness: any RandomSource) -> ActivationCode {
        var text = ""
        // 240 is the largest multiple of 24 below 256: bytes from there on would favour some letters.
        while text.unicodeScalars.count < 25 {
            var word = randomness.next()
            for _ in 0..<8 where text.unicodeScalars.count < 25 {
                let byte = Int(word & 0xFF)
                word >>= 8
                if byte < 240 { text.unicodeScalars.append(alphabet[byte % 24]) }
            }
        }
        return ActivationCode(unsealed: text)
    }

    /// 25 upper-case letters and digits without dashes: what is sealed, and digested.
    public var normalForm: String { characters }

    /// The last group, which may be shown.
    public var lastGroup: String { String(characters.suffix(5)) }

    /// The form that may be shown anywhere: `•••••-•••••-•••••-•••••-J4K2M`.
    public var masked: String { Self.masked(lastGroup: lastGroup) }

    /// The masked form of the code that ends with `lastGroup`.
    public static func masked(lastGroup: String) -> String { "•••••-•••••-•••••-•••••-\(lastGroup)" }

    /// The code itself, in five groups. Only what asks for it by name may come here.
    public var revealed: String {
        var text = ""
        for (index, character) in characters.enumerated() {
            if index > 0, index.isMultiple(of: 5) { text.append("-") }
            text.append(character)
        }
        return text
    }

    /// What is unusual about the code: characters outside Microsoft's alphabet, the usual slips by name.
    /// A code is never corrected silently; nil when nothing is unusual.
    public var alphabetWarning: Warning? {
        var seenN = false
        var places: [String] = []
        for (index, scalar) in characters.unicodeScalars.enumerated() where !Self.alphabet.contains(scalar) {
            if scalar == "N", !seenN {
                seenN = true
                continue
            }
            let place = "group \(index / 5 + 1), character \(index % 5 + 1)"
            switch scalar {
            case "0", "O": places.append("\(place) (0 or O)")
            case "5", "S": places.append("\(place) (5 or S)")
            case "1", "I": places.append("\(place) (1 or I)")
            default: places.append(place)
            }
        }
        guard !places.isEmpty else { return nil }
        return Warning(
            code: "code.outside-alphabet",
            rule: nil,
            detail: "The code ending in \(lastGroup) uses characters that Microsoft's codes do not have: "
                + places.joined(separator: ", ") + ". Compare it with the portal; it was recorded as given."
        )
    }

    static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "-", "_", "\u{00AD}", "\u{2010}"..."\u{2015}", "\u{2212}", "\u{FE58}", "\u{FE63}", "\u{FF0D}": true
        case "\u{200B}"..."\u{200D}", "\u{2060}", "\u{FEFF}": true
        default: scalar.properties.isWhitespace
        }
    }

    static func normalized(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "A"..."Z", "0"..."9": scalar
        case "a"..."z": Unicode.Scalar(scalar.value - 32)
        default: nil
        }
    }
}

extension ActivationCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { masked }
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: [("masked", masked)]) }
}

extension ActivationCode: TextValue {
    public static let form = TextForm(
        "a code has 5 groups of 5 letters or digits",
        describedAs: "A 5x5 code.",
        example: "QWRTY-BCDFG-HJKMP-QRTVW-J4K2M",
        format: "password"
    )

    /// - Throws: `Refusal` with `code.malformed`, which names the group and the character and never the text.
    public init?(_ text: String) throws {
        do {
            try self.init(parsing: text)
        } catch {
            let facts: Refusal.Facts =
                (error.group.map { ["group": $0] } ?? [:]) + (error.character.map { ["character": $0] } ?? [:])
            throw Refusal(.codeMalformed, "The code is malformed. \(error.reason)", facts: facts)
        }
    }

    /// Encodes the masked form, so that no encoder can leak the code by accident; or what an ``Encoding`` gives instead.
    /// So an answer that has a code in it cannot be kept for a retry: what was kept could not be read again.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        let encoding = Self.encodingKey.flatMap { encoder.userInfo[$0] as? Encoding }
        try container.encode(encoding?.text(self) ?? masked)
    }

    /// What an encoder writes for a code instead of its masked form.
    public struct Encoding: Sendable {
        let text: @Sendable (ActivationCode) -> String

        /// The code itself: for the answers that show one.
        public static let revealed = Encoding { $0.revealed }
    }

    /// Where an encoder has its ``Encoding``.
    public static let encodingKey = CodingUserInfoKey(rawValue: "ActivationCode.Encoding")
}
