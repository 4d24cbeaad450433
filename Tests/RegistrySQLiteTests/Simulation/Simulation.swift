import FaultVFS
import Foundation
import Testing

@testable import Registry
@testable import RegistrySQLite

/// Lets random operations loose on a registry whose disk fails, and holds every answer against a model.
///
/// One seed is one run: the operations, the clock, the faults and what a power cut leaves on the disk follow from it.
final class Simulation {
    /// What was done so far.
    struct Counts {
        var operations = 0
        var refusals = 0
        var reads = 0
        var faults = 0
        var powerCuts = 0
        var checks = 0
        var lostWrites = 0

        static func += (counts: inout Counts, others: Counts) {
            counts.operations += others.operations
            counts.refusals += others.refusals
            counts.reads += others.reads
            counts.faults += others.faults
            counts.powerCuts += others.powerCuts
            counts.checks += others.checks
            counts.lostWrites += others.lostWrites
        }
    }

    /// What the registry did otherwise than the model.
    struct Difference: Error, CustomStringConvertible {
        let description: String
    }

    let seed: UInt64
    private let directory: RegistryDirectory
    private let clock: TestClock
    private var registry: TestRegistry
    private var model = SimulatedModel()
    private var choice: SimulatedChoice
    private let luck: SeededRandomSource
    private(set) var counts = Counts()
    private var latest: [String] = []
    private var isArmed = false
    private var isPowerArmed = false
    private let hasFaults: Bool

    /// - Parameter ignoresSyncs: a disk that lies: then acknowledged writes are lost, and that has to be found.
    init(seed: UInt64, in directory: RegistryDirectory, hasFaults: Bool = true, ignoresSyncs: Bool = false) async throws
    {
        self.seed = seed
        self.directory = directory
        self.hasFaults = hasFaults
        guard fault_vfs_install() == 0 else { throw Difference(description: "no file system for tests") }
        clock = TestClock(try #require(Instant("\(SimulatedDay(0).text)T12:00:00Z")))
        try createRegistry(in: directory, at: clock.now())
        guard fault_vfs_watch(directory.path) == 0 else { throw Difference(description: "too many are watched") }
        fault_vfs_ignore_syncs(directory.path, ignoresSyncs ? 1 : 0)
        registry = try TestRegistry(opening: directory, clock: clock, seed: seed)
        choice = SimulatedChoice(seed: seed)
        luck = SeededRandomSource(seed: seed ^ 0xFA17)
        try await registry.perform(ImportPrograms(programs: (3...8).map(Self.program)))
    }

    func close() {
        registry.store.close()
        fault_vfs_forget(directory.path)
    }

    /// - Throws: ``Difference`` with the seed and the last operations.
    func run(_ operations: Int) async throws {
        do {
            for _ in 0..<operations { try await step() }
            try await check()
        } catch {
            let last = latest.suffix(12).joined(separator: "\n  ")
            throw Difference(description: "seed \(seed), operation \(counts.operations): \(error)\n  \(last)")
        }
    }

    private func step() async throws {
        let operation = choice.next(model)
        counts.operations += 1
        latest.append("day \(model.day): \(operation)")
        if latest.count > 100 { latest.removeFirst(50) }
        if hasFaults, !isArmed, below(30) == 0 { arm() }
        let before = model
        let reasons = model.apply(operation)
        if case .advance = operation.kind {
            clock.set(try #require(Instant("\(SimulatedDay(model.day).text)T12:00:00Z")))
        } else {
            try await hold(operation, against: reasons, before)
        }
        if isArmed, !isPowerArmed, fault_vfs_struck(directory.path) != 0 {
            // Nobody had to be told.
            counts.faults += 1
            disarm()
        }
        if isPowerArmed, fault_vfs_struck(directory.path) != 0 || below(20) == 0 { try await comeBack(before) }
        let concerned = organization(of: operation).flatMap { model.organizations.contains($0) ? $0 : nil }
        if let organization = concerned ?? model.organizations.min() { try await compare(organization) }
        if counts.operations % 400 == 0 { try await check() }
    }

    /// Carries out `operation`, and holds what comes of it against the model.
    private func hold(
        _ operation: SimulatedOperation,
        against reasons: Set<String>,
        _ before: SimulatedModel
    ) async throws {
        do {
            try await operation.perform(in: registry, on: model.day)
            guard reasons.isEmpty else { throw Difference(description: "was done, against \(reasons.sorted())") }
        } catch let refusal as Refusal {
            latest[latest.count - 1] += " -> \(refusal.code.rawValue)"
            if refusal.code.isEngineFault {
                guard isArmed else { throw Difference(description: "failed without a fault: \(refusal.detail)") }
                try await settle(refusal, before)
            } else if operation.isByStranger {
                let isDenied = refusal.code == .accessDenied || refusal.code.rawValue.hasSuffix(".not-found")
                guard isDenied else { throw Difference(description: "a stranger learns \(refusal.detail)") }
            } else {
                guard reasons.contains(refusal.code.rawValue) else {
                    throw Difference(description: "was refused with \(refusal.detail), against \(reasons.sorted())")
                }
            }
            counts.refusals += 1
        }
    }

    // MARK: Faults

    private func below(_ limit: Int) -> Int { Int(luck.next() % UInt64(limit)) }

    private func arm() {
        let fault = 1 + below(6)
        fault_vfs_arm(directory.path, Int32(fault), 1 + below(fault == Int(FAULT_READ_ERROR) ? 12 : 25))
        isArmed = true
        isPowerArmed = fault == Int(FAULT_POWER)
    }

    /// What the registry says of an operation that failed has to be what it finds then: done or not, and nothing between.
    private func settle(_ refusal: Refusal, _ before: SimulatedModel) async throws {
        if isPowerArmed { return try await comeBack(before) }
        counts.faults += 1
        disarm()
        try await decide(before, mayBeDone: refusal.code == .registryOutcomeUnknown)
    }

    private func disarm() {
        fault_vfs_arm(directory.path, Int32(FAULT_NONE), 0)
        isArmed = false
        isPowerArmed = false
    }

    /// The power fails, and comes back: what was acknowledged is there.
    private func comeBack(_ before: SimulatedModel) async throws {
        let after = model
        fault_vfs_arm(directory.path, Int32(FAULT_POWER), 1)
        registry.store.close()
        counts.lostWrites += fault_vfs_cut(directory.path, Int32(below(3)), luck.next())
        unlink("\(directory.databasePath)-shm")
        counts.powerCuts += 1
        disarm()
        latest.append("the power failed")
        registry = try TestRegistry(opening: directory, clock: clock, seed: luck.next())
        // An operation that was acknowledged left `model` as it is; one that failed may be there or not.
        if after != before, latest.dropLast().last?.contains("-> registry.") == true {
            try await decide(before, mayBeDone: true)
        }
    }

    private func decide(_ before: SimulatedModel, mayBeDone: Bool) async throws {
        let after = model
        model = before
        model.day = after.day
        if try await matches() { return }
        guard mayBeDone else { throw Difference(description: "was done, and it was said that nothing was recorded") }
        model = after
        guard try await matches() else { throw Difference(description: "was done by half") }
    }

    // MARK: Reads

    private func matches() async throws -> Bool {
        for organization in model.organizations where try await difference(organization) != nil { return false }
        let known = try await registry.answer(ListOrganizations()).items.count
        return known == model.organizations.count
    }

    private func compare(_ organization: Int) async throws {
        guard let difference = try await difference(organization) else { return }
        throw Difference(description: "o\(organization): \(difference)")
    }

    private func difference(_ organization: Int) async throws -> String? {
        counts.reads += 1
        let expected = model.lines(of: organization)
        do {
            let found = try await registry.lines(ofSimulated: organization, on: model.day)
            return found == expected ? nil : "expected \(expected), found \(found)"
        } catch let refusal as Refusal where refusal.code.isEngineFault && isArmed && !isPowerArmed {
            counts.faults += 1
            disarm()
            return try await difference(organization)
        } catch let refusal as Refusal {
            return "expected \(expected), found \(refusal.detail)"
        }
    }

    private func check() async throws {
        if isPowerArmed { try await comeBack(model) }
        disarm()
        counts.checks += 1
        let findings = try await registry.answer(Check()).findings
        guard findings.isEmpty else { throw Difference(description: "the check finds \(findings)") }
        for organization in model.organizations.sorted() { try await compare(organization) }
    }

    private func organization(of operation: SimulatedOperation) -> Int? {
        switch operation.kind {
        case .addOrganization(let id): id
        case .enroll(_, let organization, _, _), .signUp(_, let organization), .license(_, let organization),
            .release(_, let organization):
            organization
        case .importToken(let enrollment, _), .end(let enrollment): model.enrollments[enrollment]?.organization
        case .redeem(_, let tenant), .assign(_, let tenant): model.tenants[tenant]?.organization
        case .advance: nil
        }
    }

    /// With maxima that are never reached.
    private static func program(_ suites: Int) -> ProgramTable.Entry {
        ProgramTable.Entry(
            id: "p\(suites)",
            name: "p\(suites)",
            kind: "silver-competency",
            benefits: [
                ProgramTable.Benefit(
                    product: "office-suite",
                    quantity: suites,
                    countryMaximum: 100_000,
                    worldwideMaximum: 100_000,
                    skuPartNumber: "ENTERPRISEPACK",
                    tokenSeats: suites
                )
            ]
        )
    }
}
