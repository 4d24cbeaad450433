#if PostgreSQL
import CPostgreSQL
package import RegistrySQL

/// A connection to a PostgreSQL server, which keeps its statements prepared.
///
/// `@unchecked Sendable`: whoever has it is the only one to use it, one thread at a time.
package final class PostgreSQLConnection: @unchecked Sendable {
    /// What it is for.
    package enum Purpose: Sendable {
        /// The server must take writes, and must not say that something is durable when it is not.
        case writing
        /// The server must be the primary, which alone has what was acknowledged last.
        case reading

        var servers: String {
            switch self {
            case .writing: "read-write"
            case .reading: "primary"
            }
        }
    }

    /// When a statement that takes longer is cancelled.
    package var deadline: ContinuousClock.Instant?
    /// Nil after it was closed.
    private(set) var handle: OpaquePointer?
    private var statements: [String: PostgreSQLStatement] = [:]
    /// So many are kept prepared: those that name a temporary table are seldom asked for again.
    static let statementLimit = 300
    private var preparedCount = 0
    private var runCount = 0
    package internal(set) var changes: Int64 = 0
    /// The first failure after which the transaction has to be run again from its beginning.
    var failure: PostgreSQLError?
    /// The statement whose rows are not all read yet.
    private weak var running: PostgreSQLResults?
    private let warnings = Warnings()

    /// Those that the server sent with the statement that runs.
    private final class Warnings {
        var first: String?
    }

    /// Tries the address's hosts, one after the other.
    ///
    /// - Parameters:
    ///   - purpose: which of the hosts will do, unless the address says it (`target_session_attrs`).
    ///   - program: what the server's administrator sees as the connection's name.
    /// - Throws: `PostgreSQLError`, also when the server's `synchronous_commit` is off and `purpose` is to write.
    package init(
        _ address: PostgreSQLAddress,
        for purpose: Purpose,
        program: String = "tokenctl"
    ) throws(PostgreSQLError) {
        var address = address.filled(with: [
            "target_session_attrs": purpose.servers,
            "fallback_application_name": program,
            // In seconds, for each host.
            "connect_timeout": "10",
            // A host that vanished is given up after about half a minute.
            "keepalives_idle": "15",
            "keepalives_interval": "5",
            "keepalives_count": "3",
            "tcp_user_timeout": "30000",
        ])
        address["client_encoding"] = "UTF8"
        handle = address.connect()
        guard isUsable else {
            let error = PostgreSQLError(of: handle, code: PostgreSQLError.cannotConnect)
            close()
            throw error
        }
        let receiver: PQnoticeReceiver = { warnings, result in
            guard let warnings, let code = PQresultErrorField(result, Int32(UInt8(ascii: "C"))),
                String(cString: code).hasPrefix("01"),
                let message = PQresultErrorField(result, Int32(UInt8(ascii: "M")))
            else { return }
            let box = Unmanaged<Warnings>.fromOpaque(warnings).takeUnretainedValue()
            box.first = box.first ?? String(cString: message)
        }
        PQsetNoticeReceiver(handle, receiver, Unmanaged.passUnretained(warnings).toOpaque())
        if purpose == .writing { try requireDurability() }
    }

    deinit {
        close()
    }

    /// Ends it, and with it the transaction that is open. Further calls do nothing.
    package func close() {
        guard let handle else { return }
        self.handle = nil
        statements = [:]
        PQfinish(handle)
    }

    /// Whether it was not seen to break.
    package var isUsable: Bool { PQstatus(handle) == CONNECTION_OK }

    package var isInsideTransaction: Bool {
        switch PQtransactionStatus(handle) {
        case PQTRANS_INTRANS, PQTRANS_INERROR, PQTRANS_ACTIVE: true
        default: false
        }
    }

    /// What the server warned of while the last statement ran.
    var warning: String? { warnings.first }

    /// A setting of the server, such as `server_version` or `synchronous_commit`, as it holds for this connection.
    package func setting(_ name: String) throws -> String? {
        var value: String?
        try read("SELECT current_setting(?)", [.text(name)]) { row in
            value = row.text(0)
            return false
        }
        return value
    }

    private func requireDurability() throws(PostgreSQLError) {
        let value: String?
        do {
            value = try setting("synchronous_commit")
        } catch {
            throw error as? PostgreSQLError ?? PostgreSQLError(of: handle)
        }
        guard value != "off" else {
            throw PostgreSQLError(
                code: PostgreSQLError.unfitConfiguration,
                message: "synchronous_commit is off, so what was committed can be lost"
            )
        }
    }

    /// Runs one statement, and calls `body` with each row until it says that it wants no more.
    ///
    /// Rows come as they are read; `body` may run other statements.
    /// - Returns: how many rows it changed, or gave.
    @discardableResult
    package func read(
        _ sql: String,
        _ arguments: [SQLValue] = [],
        _ body: (PostgreSQLRow) throws -> Bool
    ) throws -> Int64 {
        let results = try start(sql, arguments)
        defer { try? results.finish() }
        var row: PostgreSQLRow?
        while let result = try results.next() {
            let current = row ?? PostgreSQLRow(result, of: results.statement)
            current.move(to: result)
            row = current
            guard try body(current) else { break }
        }
        try results.finish()
        return results.changes
    }

    /// Runs one statement that gives no rows, or whose rows nobody wants.
    /// - Returns: how many rows it changed.
    @discardableResult
    package func run(_ sql: String, _ arguments: [SQLValue] = []) throws -> Int64 {
        try read(sql, arguments) { _ in true }
    }

    /// Runs statements without arguments and without rows, one after the other, and all or none unless they say otherwise.
    package func execute(_ script: String) throws {
        try makeReady()
        guard PQsendQuery(handle, script) == 1 else { throw PostgreSQLError(of: handle) }
        let results = PostgreSQLResults(of: nil, isCommit: PostgreSQLStatement.isCommit(script), on: self)
        running = results
        try results.finish()
    }

    /// The next result of the statement that runs; nil when it has ended.
    func nextResult() -> PostgreSQLResult? {
        guard let handle else { return nil }
        awaitResult()
        return PQgetResult(handle).map { PostgreSQLResult($0) }
    }

    /// Waits for a result, and cancels the statement when nobody wants it any more.
    private func awaitResult() {
        while PQisBusy(handle) == 1 {
            // A task that is cancelled wakes nobody, so the wait is in short turns.
            let turn = ContinuousClock.now + .milliseconds(100)
            let end = min(deadline ?? turn, turn)
            let isWanted = !Task.isCancelled && ContinuousClock.now < end
            // In each turn: a request that comes before the server has begun is lost.
            if !isWanted { cancellation()?.cancel() }
            // What cannot be read is told by the result.
            if waitForInput(until: isWanted ? end : turn), PQconsumeInput(handle) == 0 { return }
        }
    }
}

extension PostgreSQLConnection {
    private func makeReady() throws(PostgreSQLError) {
        running?.takeRest()
        guard isUsable else { throw PostgreSQLError(of: handle) }
        warnings.first = nil
    }

    private func start(_ sql: String, _ arguments: [SQLValue]) throws(PostgreSQLError) -> PostgreSQLResults {
        try makeReady()
        let statement = try statement(sql)
        guard arguments.count == statement.parameterCount else {
            throw PostgreSQLError(
                code: PostgreSQLError.wrongArguments,
                message: "\(arguments.count) arguments for \(statement.parameterCount) parameters"
            )
        }
        let isSent = try PostgreSQLArguments(arguments).withPointers { values, lengths, formats in
            PQsendQueryPrepared(handle, statement.name, Int32(values.count), values, lengths, formats, 0)
        }
        guard isSent == 1 else { throw PostgreSQLError(of: handle) }
        PQsetSingleRowMode(handle)
        let results = PostgreSQLResults(of: statement, isCommit: statement.isCommit, on: self)
        running = results
        return results
    }

    private func statement(_ sql: String) throws(PostgreSQLError) -> PostgreSQLStatement {
        runCount += 1
        if let statement = statements[sql] {
            statement.lastUse = runCount
            return statement
        }
        let placeholders = Placeholders(sql)
        preparedCount += 1
        let statement = PostgreSQLStatement(
            name: "s\(preparedCount)",
            sql: sql,
            parameterCount: placeholders.count
        )
        // It may have to wait for a table's lock.
        guard PQsendPrepare(handle, statement.name, placeholders.text, 0, nil) == 1 else {
            throw PostgreSQLError(of: handle)
        }
        try PostgreSQLResults(of: nil, isCommit: false, on: self).finish()
        statement.lastUse = runCount
        forgetOldest()
        statements[sql] = statement
        return statement
    }

    /// Makes room for another prepared statement. In a failed transaction the server lets go of none.
    private func forgetOldest() {
        guard statements.count >= Self.statementLimit, PQtransactionStatus(handle) != PQTRANS_INERROR,
            let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return }
        statements[oldest.key] = nil
        PQclear(PQexec(handle, "DEALLOCATE \(oldest.value.name)"))
    }

    /// Prepares it anew when it is asked for again.
    func forget(_ statement: PostgreSQLStatement?) {
        statements = statements.filter { $0.value !== statement }
    }
}
#endif
