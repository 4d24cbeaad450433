import FoundationEssentials

/// Copies the registry to another place, and closes it: what is recorded goes to the copy from then on.
///
/// The ledger's last row says so, in the registry and in its copy, whose ledgers and seals are the same to the byte.
public struct CopyRegistry: RegistryCommand {
    public static let action = "registry.copy"
    public static let summary = "Copy the registry to another place, and close it"

    /// Where it is now, and where it goes.
    let from: String
    let place: String
    /// Not one of the request's fields.
    var way: Way?
    /// So many codes of the copy are opened at most. Not one of the request's fields.
    var codeLimit = 1_000_000

    private enum CodingKeys: CodingKey {
        case from, place
    }

    init(of store: any RegistryStore, in place: String, to destination: any RegistryDestination) {
        from = place
        self.place = destination.name
        way = Way(store: store, destination: destination)
    }

    /// Who gives, and who takes.
    struct Way: Sendable {
        let store: any RegistryStore
        let destination: any RegistryDestination
    }

    public struct Answer: Hashable, Sendable, Codable, RecordedAnswer {
        public let from: String
        public let to: String
        public let tables: Int
        public let rows: Int64
        /// The number and the hash of the last seal, of the registry and of its copy; absent in a dry run.
        public internal(set) var seal: Int64?
        public internal(set) var head: String?
        public internal(set) var auditSequence: Int64 = 0

        init(_ record: Record) {
            (from, to, tables, rows) = (record.from, record.to, record.tables, record.rows)
        }

        /// What the ledger says of a copy that was made before.
        /// - Throws: `DecodingError` for another action's row.
        init(seal: Seal, row: AuditEntry) throws {
            self.init(try JSONDecoder().decode(Record.self, from: Data(row.changes.utf8)))
            (self.seal, head, auditSequence) = (seal.number, seal.hash.hexadecimal, row.sequence)
        }
    }

    /// What the ledger's row says.
    struct Record: Codable {
        let from: String
        let to: String
        let tables: Int
        let rows: Int64
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        try gate.owner()
    }

    public func run(on _: Void, in context: CommandContext) throws -> Answer {
        guard let way else { throw Refusal(.inputInvalid, "A registry can be copied by the command line alone.") }
        let destination = way.destination
        let contents = try destination.prepare(context.transaction)
        try requireSound(context.transaction, called: "The registry in \(from)", way, context)
        let record = Record(from: from, to: place, tables: contents.tables, rows: contents.rows)
        var answer = try context.record(Self.action, Answer(record), subject: subjectOfRefusal)
        guard !context.options.isDryRun else { return answer }
        let seal = try destination.take(context.transaction) { copy in
            try requireSound(copy, called: "The copy", way, context)
        }
        (answer.seal, answer.head) = (seal.number, seal.hash.hexadecimal)
        return answer
    }

    private func requireSound(
        _ reading: any RegistryReading,
        called name: String,
        _ way: Way,
        _ context: CommandContext
    ) throws {
        var check = Check()
        check.codeLimit = codeLimit
        let result = try check.answer(
            on: (),
            in: QueryContext(
                reading: reading,
                now: context.now,
                caller: context.caller,
                secrets: context.secrets,
                store: way.store
            )
        )
        guard let finding = result.findings.first else { return }
        throw Refusal(
            .registryDamaged,
            "\(name) is not sound, so nothing was closed: \(finding.subject): \(finding.detail)"
                + (result.findings.count == 1
                    ? "" : " There are \(result.findings.count) findings; see tokenctl check."),
            facts: ["findings": result.findings.count]
        )
    }
}
