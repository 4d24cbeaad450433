/// How many columns of a terminal a text takes: two for what is wide in East Asian scripts, none for what combines.
extension StringProtocol {
    var displayWidth: Int {
        // Nearly all texts are ASCII, which takes a column a byte.
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return reduce(0) { $0 + $1.displayWidth }
    }

    /// The text cut to `width` columns, with an ellipsis where something is left out.
    func cut(toWidth width: Int) -> String {
        guard displayWidth > width else { return String(self) }
        guard width > 0 else { return "" }
        var left = width - 1
        var cut = ""
        for character in self {
            guard character.displayWidth <= left else { break }
            left -= character.displayWidth
            cut.append(character)
        }
        return cut + "…"
    }
}

extension Character {
    var displayWidth: Int {
        let scalars = unicodeScalars
        guard let first = scalars.first else { return 0 }
        // An emoji presentation is asked for, or a flag's two letters.
        if scalars.count > 1, scalars.contains("\u{FE0F}") || first.properties.isEmojiModifierBase { return 2 }
        return scalars.map(\.displayWidth).max() ?? 0
    }
}

extension Unicode.Scalar {
    fileprivate var displayWidth: Int {
        if value < 0x300 { return 1 }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if properties.isEmojiPresentation { return 2 }
        return Self.wide.contains { $0.contains(value) } ? 2 : 1
    }

    /// Wide and full-width characters (Unicode Standard Annex 11), in blocks.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul Jamo's initial consonants
        0x2E80...0x303E,  // CJK radicals, symbols and punctuation
        0x3041...0x33FF,  // Kana, Bopomofo, Hangul compatibility, CJK compatibility
        0x3400...0x4DBF,  // CJK extension A
        0x4E00...0x9FFF,  // CJK
        0xA000...0xA4CF,  // Yi
        0xA960...0xA97F,  // Hangul Jamo extended A
        0xAC00...0xD7A3,  // Hangul
        0xF900...0xFAFF,  // CJK compatibility ideographs
        0xFE30...0xFE6F,  // CJK compatibility forms, small forms
        0xFF01...0xFF60,  // full-width forms
        0xFFE0...0xFFE6,
        0x16FE0...0x18DFF,  // Tangut, Khitan
        0x1AFF0...0x1B2FF,  // Kana supplements, Nushu
        0x1F200...0x1F2FF,  // enclosed ideographs
        0x20000...0x3FFFD,  // CJK extensions B and on
    ]
}
