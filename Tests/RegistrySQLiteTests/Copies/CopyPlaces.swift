import RegistrySQL

@testable import Registry
@testable import RegistryEngines
@testable import RegistrySQLite

/// Where a test copies a registry to.
enum CopyTarget: String, CaseIterable, Sendable {
    case directory, server

    /// The engines that there are in this run.
    static var all: [CopyTarget] { TestEngine.isSQLite ? [.directory] : allCases }
}

/// A registry that goes to a place of its own, which is not there yet.
struct CopyPlaces: Sendable {
    let source: RegistryPlace
    let target: RegistryPlace
    let directory: RegistryDirectory

    /// Copies the registry, as the command does.
    func copy(
        as caller: Caller = TestRegistry.owner,
        to other: RegistryPlace? = nil,
        clock: TestClock,
        isDryRun: Bool = false
    ) async throws -> CopyRegistry.Answer {
        try await source.copy(
            to: other ?? target,
            as: caller,
            clock: clock,
            requestID: "copy",
            isDryRun: isDryRun
        ) { _ in }
    }

    /// The copy, as another host opens it.
    func open(_ registry: TestRegistry) throws -> RegistryService {
        let store = try target.open { _ in }
        return RegistryService(
            store: store,
            clock: registry.clock,
            randomness: registry.randomness,
            secrets: store.secrets
        )
    }
}

extension TestRegistry {
    /// Gives `body` a place for a copy of this registry.
    func withCopyPlace<Answer>(
        _ target: CopyTarget,
        _ body: (CopyPlaces) async throws -> Answer
    ) async throws -> Answer {
        try await withTestDirectory { other in
            let place: RegistryPlace
            switch target {
            case .directory: place = .directory(other)
            case .server:
                try TestEngine.prepare(other)
                place = TestEngine.place(for: other, isOwned: true)
            }
            let places = CopyPlaces(source: TestEngine.place(for: directory), target: place, directory: other)
            return try await body(places)
        }
    }
}

/// A destination that stops where a test wants it to, as a program that is killed.
struct StoppingDestination: RegistryDestination {
    struct Stop: Error {}

    /// After what it stops.
    enum Step: CaseIterable {
        case copying, closing
    }

    let destination: any RegistryDestination
    let step: Step

    var name: String { destination.name }

    func prepare(_ source: any RegistryTransaction) throws -> RegistryContents { try destination.prepare(source) }

    func take(_ source: any RegistryTransaction, verify: (any RegistryReading) throws -> Void) throws -> Seal {
        let seal = try destination.take(source, verify: verify)
        if step == .copying { throw Stop() }
        return seal
    }

    func release(_ seal: Seal) throws {
        if step == .closing { throw Stop() }
        try destination.release(seal)
    }
}
