/// A request that can stand in a row of a file.
public protocol BatchedRow: RegistryCommand {
    /// The columns of its file.
    static var columns: [RowColumn] { get }
    /// The day that it is about, by which rows are carried out; nil for today.
    var day: CalendarDate? { get }
    /// Whether the registry has just what the row says, so that there is nothing to do.
    /// - Throws: `Refusal` where it has something else in its place.
    func isThere(on subject: Subject, in context: CommandContext) throws -> Bool
    /// Whether everything is there that belongs to it, once all rows were carried out.
    /// - Throws: `Refusal`.
    func checkWhole(in context: CommandContext) throws
    /// What its answer is counted as, such as `seats of ENTERPRISEPACK on contoso.com`.
    static func part(_ answer: Answer) -> String
    /// What should be known of what it did.
    static func warnings(_ answer: Answer) -> [Warning]
}

extension BatchedRow {
    public var day: CalendarDate? { nil }
    public func isThere(on _: Subject, in _: CommandContext) throws -> Bool { false }
    public func checkWhole(in _: CommandContext) throws {}
    public static func warnings(_: Answer) -> [Warning] { [] }
}

extension BatchedRow {
    /// Rows without a day are about today, which comes after every other.
    fileprivate var dayNumber: Int { day?.daysSinceEpoch ?? .max }
}

/// The rows of a file, each a request, carried out as one step: all of them, or none.
///
/// Rows are carried out by their days, those of one day in the order of the file. A bad row stops the whole, and every bad
/// row is named.
public protocol RowBatch: RegistryCommand, TakesRows where Answer == BatchResource, Subject == OrganizationID? {
    associatedtype Row: BatchedRow

    /// The organisation of rows that name none; nil where they name it, or what they name has one.
    var organization: OrganizationID? { get }
    /// What stands in for a field that a row leaves empty.
    var defaults: [String: (any CustomStringConvertible)?] { get }
    /// What the caller needs in the organisation.
    static var permission: Permission { get }
}

extension RowBatch {
    public var defaults: [String: (any CustomStringConvertible)?] { [:] }
    public var subjectOfRefusal: String { organization?.value ?? "rows" }

    public func authorize(_ gate: AccessGate) throws -> Permitted<OrganizationID?> {
        guard let organization else { return try gate.anywhere(Self.permission).map { nil } }
        return try gate.organization(organization, for: Self.permission).map { $0.id }
    }

    public func run(on _: OrganizationID?, in context: CommandContext) throws -> BatchResource {
        var file = RowFile(Row.columns, defaults: defaults.compactMapValues { $0?.description })
        var problems: [InputProblem] = []
        var rows: [(row: FileRow, request: Row)] = []
        try file.read(self.file) { row in
            do {
                rows.append((row, try RowDecoder.decode(Row.self, from: row)))
            } catch let refusal as Refusal {
                problems.append(row.problem(refusal))
            }
        }
        problems += file.problems
        rows.sort { ($0.request.dayNumber, $0.row.line) < ($1.request.dayNumber, $1.row.line) }

        var carried = CarriedRows<Row>(context: context)
        for (row, request) in rows {
            do {
                try carried.carryOut(request)
            } catch let denial as AccessDenial {
                problems.append(row.problem(denial.refusal))
            } catch let refusal as Refusal where !refusal.code.isEngineFault {
                problems.append(row.problem(refusal))
            }
        }
        if problems.isEmpty {
            for (row, request) in rows {
                do {
                    try request.checkWhole(in: context)
                } catch let refusal as Refusal where !refusal.code.isEngineFault {
                    problems.append(row.problem(refusal))
                }
            }
        }
        try BatchRefusal.refuse(problems)
        return try context.record(
            Self.action,
            carried.answer,
            subject: organization?.value ?? carried.organization?.value ?? "rows",
            in: organization ?? carried.organization,
            adding: ["digest": self.file.digest]
        )
    }
}

/// The rows that were carried out.
private struct CarriedRows<Row: BatchedRow> {
    let context: CommandContext
    private var rows = 0
    private var unchanged = 0
    private var parts: [String: Int] = [:]
    private var warnings: [Warning] = []
    private var organizations: Set<OrganizationID?> = []

    /// At most so many warnings are given.
    private static var warningLimit: Int { 100 }

    init(context: CommandContext) {
        var context = context
        context.memory = BatchMemory()
        self.context = context
    }

    mutating func carryOut(_ request: Row) throws {
        // A request may change rows before it appends its own to the ledger.
        try context.transaction.closeLedgerRow()
        let permitted = try request.authorize(context.gate)
        var context = context
        context.organizationID = permitted.organizationID
        rows += 1
        organizations.insert(permitted.organizationID)
        guard try !request.isThere(on: permitted.subject, in: context) else {
            unchanged += 1
            return
        }
        let answer = try request.run(on: permitted.subject, in: context)
        parts[Row.part(answer), default: 0] += 1
        warnings += Row.warnings(answer).prefix(Self.warningLimit - warnings.count)
    }

    /// The organisation that all rows are about.
    var organization: OrganizationID? { organizations.count == 1 ? organizations.first ?? nil : nil }

    var answer: BatchResource {
        BatchResource(
            rows: rows,
            unchanged: unchanged,
            parts: parts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { .init(what: $0.key, rows: $0.value) },
            warnings: warnings
        )
    }
}

/// What a file of rows did.
public struct BatchResource: RecordedAnswer, Hashable, Sendable, Codable {
    /// How many rows the file has.
    public let rows: Int
    /// How many of them say what the registry had already.
    public let unchanged: Int
    /// What the others did, the most frequent first.
    public let parts: [Part]
    /// What should be known of it.
    public let warnings: [Warning]
    /// The ledger's row about the whole.
    public internal(set) var auditSequence: Int64 = 0

    /// Rows that did the same.
    public struct Part: Hashable, Sendable, Codable {
        public let what: String
        public let rows: Int
    }
}
