import ArgumentParser
import Registry

/// Where a passphrase comes from: never from an argument, which other users can see.
struct PassphraseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The file with the passphrase in its first line, or - for standard input; else it is asked for.",
            valueName: "file"
        ),
        completion: .file()
    )
    var passphraseFile: String?

    init() {}

    /// One for a new copy, asked for twice.
    func new(in shell: Shell) throws -> Passphrase {
        if let passphraseFile { return try read(passphraseFile) }
        let first = try ask("New passphrase: ", in: shell)
        guard try ask("The same again: ", in: shell) == first else { throw UsageError("The passphrases differ.") }
        return Passphrase(first)
    }

    /// The one of a copy that is there.
    func known(in shell: Shell) throws -> Passphrase {
        if let passphraseFile { return try read(passphraseFile) }
        return Passphrase(try ask("Passphrase: ", in: shell))
    }

    private func read(_ path: String) throws -> Passphrase {
        let text = String(decoding: try InputFile.contents(of: path), as: UTF8.self)
        guard let line = text.split(whereSeparator: \.isNewline).first else {
            throw UsageError(path == "-" ? "Standard input has no passphrase." : "\(path) has no passphrase.")
        }
        return Passphrase(String(line))
    }

    private func ask(_ question: String, in shell: Shell) throws -> String {
        guard shell.global.asksQuestions else {
            throw UsageError(
                "Not a terminal, so I can't ask for the passphrase; pass --passphrase-file FILE, or - for standard input."
            )
        }
        guard let line = shell.terminal.readSecret(question), !line.isEmpty else {
            throw UsageError("No passphrase was given.")
        }
        return line
    }
}
