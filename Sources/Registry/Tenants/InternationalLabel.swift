@_spi(_Unicode) import Swift

/// One label of an internationalised domain name, between what people write (`bücher`) and what the DNS holds
/// (`xn--bcher-kva`).
///
/// Which characters may stand in a label follows RFC 5892: letters, digits and marks that stay what they are under
/// compatibility case folding. Case is folded and the text composed first; what RFC 5892 allows only in a context
/// (the zero-width joiners among them) is refused. The encoding is Punycode, RFC 3492.
///
/// Foundation can do this too, but only where it is linked dynamically: a static executable loses its ICU hook without
/// a word, and host names stay as they are.
enum InternationalLabel {
    static let prefix = "xn--"

    /// Why a label is none. For a sentence that has named the label before.
    struct Flaw: Error {
        let reason: String
    }

    /// The A-label for a label with characters beyond ASCII. Where none are left after folding, the folded label.
    static func ascii(_ label: String) throws(Flaw) -> String {
        // The full-width forms of ASCII, which input methods for Chinese and Japanese write, fold to ASCII.
        let narrowed = String(
            String.UnicodeScalarView(
                label.unicodeScalars.map { scalar in
                    (0xFF01...0xFF5E).contains(scalar.value)
                        ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
                }
            )
        )
        let folded = Array(String(narrowed.lowercased())._nfc)
        if folded.allSatisfy(\.isASCII) { return String(String.UnicodeScalarView(folded)) }
        try check(folded)
        if folded.count > 3, folded[2] == "-", folded[3] == "-" {
            throw Flaw(reason: "has characters beyond ASCII and dashes in its third and fourth place")
        }
        guard let encoded = Punycode.encode(folded) else { throw Flaw(reason: "is too long") }
        return prefix + encoded
    }

    /// What an A-label, in lower case and with its prefix, stands for. Checked by the way there and back.
    static func unicode(_ label: String) throws(Flaw) -> String {
        guard let scalars = Punycode.decode(Array(label.utf8.dropFirst(prefix.utf8.count))) else {
            throw Flaw(reason: "begins with xn-- and is not valid Punycode")
        }
        let text = String(String.UnicodeScalarView(scalars))
        let again: String
        do {
            try check(scalars)
            again = try ascii(text)
        } catch {
            throw Flaw(reason: "stands for \(quoted(text)), which \(error.reason)")
        }
        guard again == label else {
            throw Flaw(reason: "stands for \(quoted(text)), which is written \(quoted(again))")
        }
        return text
    }

    private static func check(_ label: [Unicode.Scalar]) throws(Flaw) {
        guard let first = label.first, label.contains(where: { !$0.isASCII }) else {
            throw Flaw(reason: "has nothing that would need xn--")
        }
        if isMark(first) { throw Flaw(reason: "begins with a combining mark") }
        for scalar in label where !isAllowed(scalar) {
            throw Flaw(reason: "has the character \(quoted(String(scalar))), which no domain name may have")
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return scalar == "-" || ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        }
        // Sharp s and final sigma fold to other letters, and are letters of their own in domain names.
        if scalar == "ß" || scalar == "ς" { return true }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .nonspacingMark, .spacingMark:
            return !scalar.properties.changesWhenNFKCCaseFolded
        default: return false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
