/// Replaces the licence table: every programme of the file gets a new version, and the others stay.
///
/// What was granted under an earlier version stays as it was.
public struct ImportPrograms: RegistryCommand {
    public static let action = "program.import"
    public static let summary = "Replace programmes by those of a licence table"

    let programs: [ProgramTable.Entry]
    /// Where the table comes from, in the administrator's words.
    var source: KeptText?

    public var subjectOfRefusal: String { "programs" }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> ProgramImportResource {
        let programs = try validPrograms()
        var added: [ProgramID] = []
        var updated: [ProgramID] = []
        var unchanged: [ProgramID] = []
        for (stated, entry) in zip(programs, self.programs) {
            let editions = try context.transaction.editions(of: stated.id)
            let same = editions.first { $0.edition.id == stated.edition.id }
            // What a table leaves out of a programme that is there stays as it is: a spreadsheet has no traits.
            let program = entry.traits == nil ? stated.with(same?.traits) : stated
            switch same ?? editions.last {
            case nil: added.append(program.id)
            case program?: unchanged.append(program.id)
            case let earlier?:
                guard earlier.kind == program.kind else {
                    throw Refusal(
                        .inputInvalid,
                        "\(program.id) is of the kind \(earlier.kind.rawValue), which cannot become "
                            + "\(program.kind.rawValue); give the new programme another id.",
                        facts: ["field": "kind", "program": program.id]
                    )
                }
                updated.append(program.id)
            }
            if same != program { try context.transaction.put(program, recordedAt: context.now) }
        }
        return try context.record(
            Self.action,
            ProgramImportResource(added: added, updated: updated, unchanged: unchanged),
            subject: "programs",
            adding: ["source": source?.text ?? "table"]
        )
    }

    /// - Throws: `Refusal` with `import.invalid`, which names every field that is wrong.
    private func validPrograms() throws -> [Program] {
        let (programs, faults) = ProgramTable(programs: programs).validated()
        guard !faults.isEmpty else { return programs }
        throw Refusal(
            .importInvalid,
            "\(faults.count == 1 ? "A field of the table is" : "\(faults.count) fields of the table are") wrong; "
                + "nothing was imported.",
            facts: ["problemCount": faults.count],
            inputProblems: faults.map { fault in
                InputProblem(
                    row: Self.position(in: fault.path),
                    column: fault.path,
                    code: .inputInvalid,
                    detail: fault.detail
                )
            }
        )
    }

    /// The programme's position in the table, from 1.
    private static func position(in path: String) -> Int {
        guard let open = path.firstIndex(of: "["), let close = path.firstIndex(of: "]") else { return 1 }
        return (Int(path[path.index(after: open)..<close]) ?? 0) + 1
    }
}

/// What an import of the licence table changed.
public struct ProgramImportResource: RecordedAnswer, Hashable, Sendable, Codable {
    public let added: [ProgramID]
    public let updated: [ProgramID]
    public let unchanged: [ProgramID]
    /// The ledger's row.
    public internal(set) var auditSequence: Int64 = 0
}
