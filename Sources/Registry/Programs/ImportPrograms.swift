/// Replaces the licence table: every programme of the file gets a new version, and the others stay.
///
/// What was granted under an earlier version stays as it was.
public struct ImportPrograms: RegistryCommand {
    public static let action = "program.import"

    public let programs: [Program]
    /// Where the table comes from, in the administrator's words.
    public let source: String

    public init(_ programs: [Program], source: String) {
        self.programs = programs
        self.source = source
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let added: [ProgramID]
        public let updated: [ProgramID]
        public let unchanged: [ProgramID]
        public let auditSequence: Int64
    }

    public var subjectOfRefusal: String { "programs" }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> Answer {
        var added: [ProgramID] = []
        var updated: [ProgramID] = []
        var unchanged: [ProgramID] = []
        for program in programs {
            switch try context.transaction.program(program.id) {
            case nil: added.append(program.id)
            case program?: unchanged.append(program.id)
            case let earlier?:
                guard earlier.kind == program.kind else {
                    throw Refusal(
                        .inputInvalid,
                        "\(program.id) is of the kind \(earlier.kind.rawValue), which cannot become "
                            + "\(program.kind.rawValue); give the new programme another id.",
                        facts: [.init("field", .text("kind")), .init("program", .text(program.id.value))]
                    )
                }
                updated.append(program.id)
            }
            if unchanged.last != program.id { try context.transaction.put(program, recordedAt: context.now) }
        }
        let sequence = try context.record(
            Self.action,
            subject: "programs",
            changes: [
                "source": .text(source),
                "added": .list(added.map { .text($0.value) }),
                "updated": .list(updated.map { .text($0.value) }),
                "unchanged": .list(unchanged.map { .text($0.value) }),
            ]
        )
        return Answer(added: added, updated: updated, unchanged: unchanged, auditSequence: sequence)
    }
}
