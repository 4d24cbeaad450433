extension Unicode.Scalar {
    /// Whether it shows nothing of its own, or changes how its neighbours show: a control character (tabs and line ends
    /// too), a line or paragraph separator, what sets the direction of writing, and what is invisible.
    public var isUnseen: Bool {
        // Most texts by far: ASCII, letters of European languages, and the dashes, quotation marks and bullets.
        if (0x20...0x7E).contains(value) || (0xAE...0x34E).contains(value) || (0x2010...0x2027).contains(value) {
            return false
        }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return properties.isDefaultIgnorableCodePoint || value == 0x2800
        }
    }
}

extension StringProtocol {
    /// The text on one line, fit for a screen: every unseen character is written out, as in `\u{1B}`.
    public var escaped: String { escaped { $0.isUnseen } }

    /// As ``escaped``, for texts of several lines: their line feeds stay.
    public var escapedLines: String { escaped { $0 != "\n" && $0.isUnseen } }

    private func escaped(_ isEscaped: (Unicode.Scalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: isEscaped) else { return String(self) }
        var result = ""
        for scalar in unicodeScalars {
            if isEscaped(scalar) {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// This text, which is JSON, with every unseen character of its strings as `\uXXXX`: the same value to a parser.
    public var escapedJSON: String {
        // Those of ASCII stand between values; an encoder has escaped them within strings, but for U+007F.
        guard utf8.contains(where: { $0 >= 0x7F }) else { return String(self) }
        var result = ""
        for scalar in unicodeScalars {
            guard scalar.value >= 0x7F, scalar.isUnseen else {
                result.unicodeScalars.append(scalar)
                continue
            }
            for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result
    }
}

/// `text` in quotation marks, fit for a sentence: codes masked, unseen characters written out, and cut after 100 characters.
public func quoted(_ text: some StringProtocol) -> String {
    let text = ActivationCode.masking(String(text))
    let cut = text.prefix(100)
    return "\"\(cut.escaped)\(cut.endIndex == text.endIndex ? "" : "…")\""
}
