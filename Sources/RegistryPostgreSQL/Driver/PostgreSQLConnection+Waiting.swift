#if PostgreSQL
import CPostgreSQL
import Glibc
import RegistrySQL

/// What another connection told those who listen.
package struct PostgreSQLNotification: Hashable, Sendable {
    package let channel: String
    package let payload: String
}

extension PostgreSQLConnection {
    /// Waits for the server to say something, or for `instant` to come.
    /// - Returns: whether it said something.
    func waitForInput(until instant: ContinuousClock.Instant) -> Bool {
        let left = max(.zero, ContinuousClock.now.duration(to: instant)).components
        // Rounded up, so that what is left is waited out.
        let milliseconds =
            left.seconds.multipliedReportingOverflow(by: 1_000).partialValue
            + left.attoseconds / 1_000_000_000_000_000 + 1
        var descriptor = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, Int32(clamping: milliseconds)) > 0
    }

    /// Has the server tell this connection what is sent to `channel` from now on: from the commit of the transaction, if one
    /// is open.
    package func listen(to channel: String) throws {
        let name = channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        try execute("LISTEN \"\(name)\"")
    }

    /// Tells those who listen to `channel`, when the transaction commits.
    package func notify(_ channel: String, _ payload: String = "") throws {
        try run("SELECT pg_notify(?, ?)", [.text(channel), .text(payload)])
    }

    /// The next notification, as soon as there is one; nil when none has come by `instant`.
    /// - Throws: `PostgreSQLError` when the connection is lost: what was sent meanwhile is lost as well.
    package func notification(by instant: ContinuousClock.Instant) throws(PostgreSQLError) -> PostgreSQLNotification? {
        while true {
            guard PQconsumeInput(handle) == 1 else { throw PostgreSQLError(of: handle) }
            if let notice = PQnotifies(handle) {
                defer { PQfreemem(notice) }
                return PostgreSQLNotification(
                    channel: String(cString: notice.pointee.relname),
                    payload: String(cString: notice.pointee.extra)
                )
            }
            guard ContinuousClock.now < instant else { return nil }
            _ = waitForInput(until: instant)
        }
    }

    /// A way to cancel what this connection runs, from any thread; nil when it is closed.
    package func cancellation() -> PostgreSQLCancellation? {
        PQgetCancel(handle).map { PostgreSQLCancellation($0) }
    }
}

/// Cancels the statement that a connection runs, which then fails with `isCancelled`, and its transaction with it.
///
/// A request that comes when the statement has ended already may meet the next one.
///
/// `@unchecked Sendable`: libpq lets any thread use it.
package final class PostgreSQLCancellation: @unchecked Sendable {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQfreeCancel(handle)
    }

    /// - Returns: whether the server was told.
    @discardableResult
    package func cancel() -> Bool {
        var failure = [CChar](repeating: 0, count: 256)
        return PQcancel(handle, &failure, Int32(failure.count)) == 1
    }
}
#endif
