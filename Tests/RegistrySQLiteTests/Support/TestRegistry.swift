import Foundation
import RegistryEngines
import RegistrySQLite

@testable import Registry

/// A registry on disk of a test's own, with a clock that the test sets and randomness that repeats.
final class TestRegistry: Sendable {
    let directory: RegistryDirectory
    let clock: TestClock
    let randomness: SeededRandomSource
    let store: any OpenRegistry
    let service: RegistryService
    /// Root and the registry's own user: may do everything.
    let owner = TestRegistry.owner

    /// Another handle on a registry that exists, as a second process would have.
    init(opening directory: RegistryDirectory, clock: TestClock, seed: UInt64) throws {
        self.directory = directory
        self.clock = clock
        randomness = SeededRandomSource(seed: seed)
        store = try TestEngine.place(for: directory).open { _ in }
        service = RegistryService(store: store, clock: clock, randomness: randomness, secrets: store.secrets)
    }

    /// What only a registry on SQLite has.
    var sqlite: SQLiteRegistry {
        guard let store = store as? SQLiteRegistry else { preconditionFailure("the registry is not on SQLite") }
        return store
    }

    static let owner = Caller(principal: Principal(stored: "user:owner"), groups: [], ownsRegistry: true)

    /// Somebody who owns nothing and was granted nothing.
    func caller(_ name: String, groups: [String] = []) -> Caller {
        Caller(
            principal: Principal(stored: "user:\(name)"),
            groups: groups.map { Principal(stored: "group:\($0)") },
            ownsRegistry: false
        )
    }

    /// Options of a request with an id of its own.
    func options(
        dryRun: Bool = false,
        key: String? = nil,
        overrides: Set<OverridableRule> = []
    ) -> CommandOptions {
        CommandOptions(
            isDryRun: dryRun,
            idempotencyKey: key,
            overrides: overrides,
            requestID: String(randomness.next(), radix: 16)
        )
    }

    /// Performs `command` as the owner.
    @discardableResult
    func perform<Command: RegistryCommand>(
        _ command: Command,
        as caller: Caller = TestRegistry.owner,
        dryRun: Bool = false,
        key: String? = nil,
        overrides: Set<OverridableRule> = []
    ) async throws -> Command.Answer {
        try await service.perform(command, as: caller, options: options(dryRun: dryRun, key: key, overrides: overrides))
    }

    /// Carries out an import as the owner.
    @discardableResult
    func perform<Import: FileImport>(
        _ useCase: Import,
        as caller: Caller = TestRegistry.owner,
        dryRun: Bool = false,
        key: String? = nil,
        overrides: Set<OverridableRule> = []
    ) async throws -> Import.Answer {
        try await service.perform(useCase, as: caller, options: options(dryRun: dryRun, key: key, overrides: overrides))
    }

    func answer<Query: RegistryQuery>(_ query: Query, as caller: Caller = TestRegistry.owner) async throws
        -> Query.Answer
    {
        try await service.answer(query, as: caller)
    }
}

/// Makes a registry in a short directory under /tmp, gives it to `body`, and removes it.
///
/// - Parameters:
///   - now: where the clock stands.
///   - seed: what the randomness begins with.
func withTestRegistry<Answer>(
    at now: String = "2026-03-02T09:30:00Z",
    seed: UInt64 = 1,
    _ body: (TestRegistry) async throws -> Answer
) async throws -> Answer {
    try await withTestDirectory { directory in
        guard let instant = Instant(now) else { preconditionFailure("\(now) is no instant") }
        try createRegistry(in: directory, at: instant)
        let registry = try TestRegistry(opening: directory, clock: TestClock(instant), seed: seed)
        defer { registry.store.close() }
        return try await body(registry)
    }
}

/// Makes a short directory under /tmp, gives `body` a registry directory inside it that is not there yet, and removes
/// all of it.
func withTestDirectory<Answer>(_ body: (RegistryDirectory) async throws -> Answer) async throws -> Answer {
    var template = Array("/tmp/tr-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { preconditionFailure("/tmp cannot be written to") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let directory = RegistryDirectory(path: "\(path)/r")
    defer {
        try? FileManager.default.removeItem(atPath: path)
        TestEngine.remove(directory)
    }
    return try await body(directory)
}

/// Makes a registry with the built-in catalogues.
/// - Returns: false when there is one already.
@discardableResult
func createRegistry(in directory: RegistryDirectory, at instant: Instant) throws -> Bool {
    try TestEngine.prepare(directory)
    return try TestEngine.place(for: directory, isOwned: true).create(
        programs: BuiltInPrograms.all,
        skus: SKUCatalogue.embedded,
        at: instant,
        actor: TestRegistry.owner.principal,
        requestID: "init"
    ) { _ in }
}
