import Registry

/// One thing that was looked at on this machine, how it is, and what to run where it is wrong.
struct Symptom: Codable, Row {
    /// What was looked at.
    let check: String
    let state: State
    let detail: String
    /// The command that helps; null where there is none.
    @Nullable var run: String?

    enum State: String, Choice {
        static let summary = "How what was looked at is."

        /// As it should be, or none of this machine's affair.
        case ok
        /// Worth knowing.
        case note
        case wrong
    }

    private init(_ check: String, _ state: State, _ detail: String, run: String? = nil) {
        self.check = check
        self.state = state
        self.detail = detail
        self.run = run
    }

    static func ok(_ check: String, _ detail: String) -> Symptom { Symptom(check, .ok, detail) }

    static func note(_ check: String, _ detail: String, run: String? = nil) -> Symptom {
        Symptom(check, .note, detail, run: run)
    }

    static func wrong(_ check: String, _ detail: String, run: String? = nil) -> Symptom {
        Symptom(check, .wrong, detail, run: run)
    }

    static let rowStyle = RowStyle(
        headings: ["detail": "WHAT"],
        texts: ["state": { $0.cellText == State.wrong.rawValue ? "WRONG" : $0.cellText }]
    )
}
