#if PostgreSQL
import Dispatch
import Synchronization

/// Hears of every commit that appends to a ledger, whichever process makes it.
///
/// While its connection is lost it hears nothing: whoever relies on every commit also looks from time to time.
final class PostgreSQLListener: Sendable {
    /// The database's own.
    static let channel = "tokenctl"

    private let address: PostgreSQLAddress
    private let observer: @Sendable () -> Void
    private let isStopped = Atomic<Bool>(false)
    private let end = DispatchGroup()

    /// How long it waits for a notification until it looks whether it was stopped.
    private static let turn: Duration = .milliseconds(200)
    /// And between two attempts to connect, in turns.
    private static let turnsBetweenAttempts = 5

    /// Begins to listen, on a thread of its own.
    init(_ address: PostgreSQLAddress, _ observer: @escaping @Sendable () -> Void) {
        (self.address, self.observer) = (address, observer)
        DispatchQueue(label: "registry-listener").async(group: end) { self.run() }
    }

    /// Returns when it has ended.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        end.wait()
    }

    private var goesOn: Bool { !isStopped.load(ordering: .relaxed) }

    private func run() {
        while goesOn {
            try? listen()
            // It was lost. What was committed before the next one listens is told at once.
            for _ in 0..<Self.turnsBetweenAttempts where goesOn { Self.wait() }
        }
    }

    private func listen() throws {
        let connection = try PostgreSQLConnection(address, for: .reading)
        defer { connection.close() }
        try connection.listen(to: Self.channel)
        observer()
        while goesOn {
            if try connection.notification(by: .now + Self.turn) != nil { observer() }
        }
    }

    private static func wait() {
        let moment = DispatchSemaphore(value: 0)
        _ = moment.wait(timeout: .now() + .milliseconds(200))
    }
}
#endif
