import RegistrySQLite
import Testing

@testable import Registry

/// An engine behind the store port. Another engine is one more case, with its own `makeStore`.
enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite

    var testDescription: String { rawValue }

    /// Gives `body` a new, empty store with the built-in catalogues, and removes it afterwards.
    func withStore<Answer>(_ body: (any RegistryStore, any SecretBox) async throws -> Answer) async throws -> Answer {
        switch self {
        case .sqlite:
            try await withTestRegistry { registry in try await body(registry.store, registry.store.secrets) }
        }
    }
}

extension RegistryStore {
    /// A write as a use case makes one: what `body` changes, and a row of the ledger.
    func change<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer
    ) async throws -> Answer {
        try await write { transaction in
            let answer = try body(transaction)
            _ = try transaction.append(ContractValues.draft("test"))
            return answer
        }
    }
}
