import ArgumentParser

/// An option's value that is one of a few words.
protocol CommandLineChoice: CaseIterable, RawRepresentable<String>, Sendable {}

extension CommandLineChoice {
    /// For an option's `transform`.
    /// - Throws: `ValidationError` with the words, and the one that was meant.
    @Sendable
    static func chosen(_ text: String) throws -> Self {
        guard let choice = Self(rawValue: text) else { throw ValidationError(expectation(for: text)) }
        return choice
    }

    /// For an option's `completion`.
    static var completion: CompletionKind { .list(words) }

    /// Why `text` is none of the words, as the end of a sentence with its full stop.
    static func expectation(for text: String) -> String {
        "it is one of \(words.joined(separator: ", ")).\(didYouMean(text, words))"
    }

    private static var words: [String] { allCases.map(\.rawValue) }
}
