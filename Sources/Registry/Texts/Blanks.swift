/// Whether `scalar` is white space in any script; the no-break space U+00A0 and the byte order mark are.
func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    // Most text is ASCII, and asking for the properties is slow.
    if (0x21...0x7E).contains(scalar.value) { return false }
    return scalar.properties.isWhitespace || scalar == "\u{FEFF}"
}

/// `text` without the blanks at its ends.
public func trimmingBlanks(_ text: some StringProtocol) -> String {
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
