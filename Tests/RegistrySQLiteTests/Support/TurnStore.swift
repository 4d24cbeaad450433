import Synchronization

@testable import Registry

/// A registry that counts the turns its writer takes, and lets something else happen before one of them.
final class TurnStore: RegistryStore {
    private let registry: any RegistryStore
    private let before: @Sendable (_ turn: Int) async throws -> Void
    private let taken = Mutex(0)

    /// - Parameter before: called with the number of the turn that comes next, from 1.
    init(_ registry: any RegistryStore, before: @escaping @Sendable (_ turn: Int) async throws -> Void = { _ in }) {
        self.registry = registry
        self.before = before
    }

    var location: String { registry.location }
    var obstacle: Refusal? { registry.obstacle }
    /// How many turns there were.
    var turns: Int { taken.withLock { $0 } }

    func readNow<Answer>(within limit: ReadLimit, _ body: (any RegistryReading) throws -> Answer) throws -> Answer {
        try registry.readNow(within: limit, body)
    }

    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer,
        completion: @escaping Completion<Answer>
    ) {
        let turn = taken.withLock { taken in
            taken += 1
            return taken
        }
        Task {
            do {
                try await before(turn)
                registry.write(body, completion: completion)
            } catch {
                completion(.failure(error))
            }
        }
    }
}
