import Foundation
import Testing

@testable import Registry
@testable import RegistryEngines
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Copies of a registry that are stopped or refused")
struct StoppedCopyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let target: CopyTarget
        let step: StoppingDestination.Step

        var testDescription: String { "\(target), after \(step)" }

        static let all = CopyTarget.all.flatMap { target in
            StoppingDestination.Step.allCases.map { Case(target: target, step: $0) }
        }
    }

    @Test("Whatever stops it, never two registries take writes, and the same command completes it", arguments: Case.all)
    func stopped(_ test: Case) async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            try await registry.withCopyPlace(test.target) { places in
                try await stop(after: test.step, places, registry)
                let opening = try await refusal { try places.target.open { _ in }.close() }
                #expect([.registryNotFound, .registryUnfinished].contains(opening?.code))
                // Before the commit that closes it nothing has happened to it.
                let write = try await refusal { try await registry.redeem(token) }
                #expect(write?.code == (test.step == .copying ? nil : .registryClosed))
                if test.target == .directory, test.step == .copying {
                    // Nor is what was left in the way of a beginning that was broken off.
                    try Data("half".utf8).write(
                        to: URL(fileURLWithPath: "\(places.directory.path)/registry.db.unfinished")
                    )
                }
                let answer = try await places.copy(clock: registry.clock)
                let copy = try places.open(registry)
                defer { (copy.store as? any OpenRegistry)?.close() }
                #expect(try await copy.store.read { try $0.lastSeal() }?.hash.hexadecimal == answer.head)
                #expect(try await copy.answer(Check(), as: registry.owner).findings == [])
            }
        }
    }

    /// Begins a copy that is stopped; the locks go as they do when a program ends.
    private func stop(
        after step: StoppingDestination.Step,
        _ places: CopyPlaces,
        _ registry: TestRegistry
    ) async throws {
        let destination = try places.source.destination(places.target) { _ in }
        await #expect(throws: (any Error).self) {
            _ = try await registry.store.copy(
                from: "here",
                to: StoppingDestination(destination: destination, step: step),
                as: registry.owner,
                clock: registry.clock,
                requestID: "copy",
                isDryRun: false
            )
        }
    }

    @Test("An unfinished copy of another registry is left as it is", arguments: CopyTarget.all)
    func unfinishedOfAnother(target: CopyTarget) async throws {
        try await withTestRegistry { registry in
            try await registry.withCopyPlace(target) { places in
                try await stop(after: .closing, places, registry)
                try await withTestRegistry(at: "2026-03-03T09:30:00Z") { other in
                    let source = TestEngine.place(for: other.directory)
                    let refused = try await refusal {
                        _ = try await source.copy(
                            to: places.target,
                            as: other.owner,
                            clock: other.clock,
                            requestID: "copy",
                            isDryRun: false
                        ) { _ in }
                    }
                    #expect(refused?.code == .registryExists)
                }
                _ = try await places.copy(clock: registry.clock)
                try places.target.open { _ in }.close()
            }
        }
    }

    @Test("A place that is not empty, or that has another key, is refused", arguments: CopyTarget.all)
    func notEmpty(target: CopyTarget) async throws {
        try await withTestRegistry { registry in
            let seal = try await registry.store.read { try $0.lastSeal() }
            try await registry.withCopyPlace(target) { places in
                let own = try await refusal { _ = try await places.copy(to: places.source, clock: registry.clock) }
                #expect(own?.code == .registryExists)
                try FileManager.default.createDirectory(
                    atPath: places.directory.path,
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
                try POSIXFile.create(places.directory.keyPath, Array(repeating: 7, count: 32))
                let key = try await refusal { _ = try await places.copy(clock: registry.clock) }
                #expect(key?.code == .registryKeyInvalid)
                unlink(places.directory.keyPath)
                if target == .directory {
                    try POSIXFile.create(places.directory.anchorPath, [1])
                    let anchor = try await refusal { _ = try await places.copy(clock: registry.clock) }
                    #expect(anchor?.code == .registryExists)
                    unlink(places.directory.anchorPath)
                }
                _ = try places.target.create(
                    programs: [],
                    skus: [],
                    at: registry.clock.now(),
                    actor: registry.owner.principal,
                    requestID: "init"
                ) { _ in }
                let full = try await refusal { _ = try await places.copy(clock: registry.clock) }
                #expect(full?.code == .registryExists)
            }
            #expect(try await registry.store.read { try $0.lastSeal() } == seal)
        }
    }

    @Test("A dry run makes nothing, and closes nothing", arguments: CopyTarget.all)
    func dryRun(target: CopyTarget) async throws {
        try await withTestRegistry { registry in
            let seal = try await registry.store.read { try $0.lastSeal() }
            try await registry.withCopyPlace(target) { places in
                let rehearsal = try await places.copy(clock: registry.clock, isDryRun: true)
                #expect(rehearsal.seal == nil && rehearsal.rows > 0)
                #expect(!FileManager.default.fileExists(atPath: places.directory.path))
                #expect(try await refusal { try places.target.open { _ in }.close() }?.code == .registryNotFound)
                #expect(try await registry.store.read { try $0.lastSeal() } == seal)
                _ = try await registry.addContoso()
            }
        }
    }

    @Test("R19: a registry whose rows somebody changed is not copied", .onSQLite)
    func unsound() async throws {
        try await withTestRegistry { registry in
            _ = try await registry.addContoso()
            try registry.sql(without: ["organizations_no_update"], do: "UPDATE organizations SET name = 'Other'")
            try await registry.withCopyPlace(.directory) { places in
                let refused = try await refusal { _ = try await places.copy(clock: registry.clock) }
                #expect(refused?.code == .registryDamaged)
                #expect(refused?.detail.contains("organizations") == true)
                #expect(try await registry.store.read { try $0.successor() } == nil)
            }
        }
    }
}
