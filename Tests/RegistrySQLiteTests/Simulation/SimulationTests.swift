import Foundation
import Testing

@testable import Registry
@testable import RegistrySQLite

@Suite("The registry is what the rules make it, whatever the disk does", .onSQLite)
struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static func setting(_ name: String, _ usual: Int) -> Int { environment[name].flatMap(Int.init) ?? usual }

    @Test("Random operations, faults and power cuts: every answer and every figure as the model says")
    func simulated() async throws {
        let first = Self.setting("SIMULATION_SEED", 1)
        let seeds = Self.setting("SIMULATION_SEEDS", 6)
        let operations = Self.setting("SIMULATION_OPERATIONS", 800)
        var counts = Simulation.Counts()
        for seed in first..<first + seeds {
            try await withTestDirectory { directory in
                let simulation = try await Simulation(seed: UInt64(seed), in: directory)
                defer { simulation.close() }
                do {
                    try await simulation.run(operations)
                } catch { Issue.record("\(error)") }
                counts += simulation.counts
            }
        }
        print("simulated: \(counts)")
        #expect(counts.operations >= operations && counts.powerCuts > 0)
    }

    @Test("A disk that lies about its syncs loses what was acknowledged, and the simulator finds that")
    func lyingDisk() async throws {
        var found = 0
        for seed in 1...4 {
            try await withTestDirectory { directory in
                let simulation = try await Simulation(seed: UInt64(seed), in: directory, ignoresSyncs: true)
                defer { simulation.close() }
                do { try await simulation.run(800) } catch { found += 1 }
            }
        }
        #expect(found == 4)
    }
}
