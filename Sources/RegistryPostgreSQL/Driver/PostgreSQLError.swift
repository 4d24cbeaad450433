#if PostgreSQL
import CPostgreSQL

/// An error that PostgreSQL or libpq gave.
package struct PostgreSQLError: Error, Hashable {
    /// The SQLSTATE, such as `40001`. What libpq finds out by itself has one of class 08.
    package let code: String
    /// One line, in the server's own words.
    package let message: String
    /// The constraint that refused it, if one did.
    package let constraint: String?

    package init(code: String, message: String, constraint: String? = nil) {
        self.code = code
        self.message = message
        self.constraint = constraint
    }

    /// No connection could be made.
    static let cannotConnect = "08001"
    /// The connection broke.
    static let connectionFailure = "08006"
    /// The connection broke, or the wait for a standby was given up, while a commit was under way.
    static let outcomeUnknown = "08007"
    /// The number of arguments is not the number of parameters.
    static let wrongArguments = "07001"
    /// The statement does what the driver has no use for.
    static let notSupported = "0A000"
    /// The server does not know the prepared statement.
    static let unknownStatement = "26000"
    /// What one connection says when another is the primary.
    static let readOnlyTransaction = "25006"
    /// A text that the server's encoding cannot hold.
    static let unfitText = "22021"
    /// The transaction failed before, so its commit was a rollback.
    static let rolledBack = "40000"
    /// A setting of the server under which the registry cannot be used.
    static let unfitConfiguration = "F0000"
}

extension PostgreSQLError {
    /// The transaction lost against another one, and can be run again from its beginning: `serialization_failure` or
    /// `deadlock_detected`.
    package var isSerializationFailure: Bool { code == "40001" || code == "40P01" }

    /// The connection is gone or could not be made, because of the network or because the server stops or starts.
    package var isConnectionLost: Bool { code.hasPrefix("08") || code.hasPrefix("57P0") }

    /// A commit was under way, and may have happened or not.
    package var isOutcomeUnknown: Bool { code == Self.outcomeUnknown }

    /// A key, a check or another constraint refused it.
    package var isConstraint: Bool { code.hasPrefix("23") }

    /// The statement was cancelled: by `PostgreSQLCancellation`, its deadline, or an administrator.
    package var isCancelled: Bool { code == "57014" }

    /// The server takes no writes: it is a standby, or was made read-only.
    package var isReadOnly: Bool { code == Self.readOnlyTransaction }

    /// The server's disk is full.
    package var isDiskFull: Bool { code == "53100" }
}

extension PostgreSQLError: CustomStringConvertible {
    package var description: String { "PostgreSQL error \(code): \(message)" }
}

extension PostgreSQLError {
    /// What a connection says of itself.
    init(of connection: OpaquePointer?, code: String = connectionFailure) {
        self.init(code: code, message: Self.line(PQerrorMessage(connection)))
    }

    /// What the server answered; without an SQLSTATE libpq made it up, because the connection broke.
    init(_ result: PostgreSQLResult) {
        self.init(
            code: result.field("C") ?? Self.connectionFailure,
            message: result.field("M") ?? Self.line(PQresultErrorMessage(result.handle)),
            constraint: result.field("n")
        )
    }

    /// The words on one line.
    static func line(_ text: UnsafePointer<CChar>?) -> String {
        let words = text.map { String(cString: $0) }?.split { $0.isWhitespace || $0.isNewline } ?? []
        return words.isEmpty ? "the connection is closed" : words.joined(separator: " ")
    }
}
#endif
