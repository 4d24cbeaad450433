import Registry

/// A terminal that shows no code, wherever one was typed: what all of `tokenctl` writes to.
struct MaskingTerminal: Terminal {
    let terminal: any Terminal
    /// Whether standard output may show codes, as the answer of a reveal does.
    let showsCodes: Bool

    var isInteractive: Bool { terminal.isInteractive }
    var isOutputTerminal: Bool { terminal.isOutputTerminal }
    var width: Int? { terminal.width }
    var isOutputJournal: Bool { terminal.isOutputJournal }
    var height: Int? { terminal.height }
    var usesColor: Bool { terminal.usesColor }
    var tellsTime: Bool { terminal.tellsTime }

    func write(_ text: String) { terminal.write(showsCodes ? text : ActivationCode.masking(text)) }
    func writeError(_ text: String) { terminal.writeError(ActivationCode.masking(text)) }
    func readLine() -> String? { terminal.readLine() }
    func readSecret(_ question: String) -> String? { terminal.readSecret(question) }
}
