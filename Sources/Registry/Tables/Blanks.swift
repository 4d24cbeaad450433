/// Whether `scalar` is white space in any script; the no-break space U+00A0 and the byte order mark are.
func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    // Most text is ASCII, and asking for the properties is slow.
    if (0x21...0x7E).contains(scalar.value) { return false }
    return scalar.properties.isWhitespace || scalar == "\u{FEFF}"
}

/// `text` without the blanks at its ends.
func trimmingBlanks(_ text: some StringProtocol) -> String {
    let text = String(text)
    let graphic: ClosedRange<UInt8> = 0x21...0x7E
    if let first = text.utf8.first, let last = text.utf8.last, graphic.contains(first), graphic.contains(last) {
        return text
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }),
        let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(text[first...last])
}

/// `text` in quotation marks, fit for a sentence: control characters written out, and cut after 100 characters.
func quoted(_ text: some StringProtocol) -> String {
    var result = "\""
    for (count, character) in ActivationCode.masking(String(text)).enumerated() {
        if count == 100 {
            result += "…"
            break
        }
        for scalar in character.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
    return result + "\""
}
