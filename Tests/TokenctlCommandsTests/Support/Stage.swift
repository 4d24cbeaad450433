import Foundation
import Synchronization

@testable import Registry
@testable import TokenctlCommands

/// Runs the command line in this process, with a clock, randomness and a terminal of the test's own.
final class Stage: Sendable {
    let directory = "/tmp/ts-\(UUID().uuidString.prefix(8).lowercased())"
    let clock = StageClock()
    let randomness = StageRandomness()

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    struct Outcome {
        let exitCode: Int32
        let output: String
        let error: String
    }

    /// - Parameter answers: lines that a person types; with any, the terminal is interactive.
    @discardableResult
    func run(
        _ arguments: [String],
        answers: [String]? = nil,
        environment: [String: String] = [:],
        screen: StageTerminal.Screen? = nil
    ) async -> Outcome {
        let terminal = StageTerminal(answers: answers, screen: screen)
        let exitCode = await Tokenctl.run(
            arguments: arguments,
            terminal: terminal,
            environment: [
                "TOKENCTL_REGISTRY": "\(directory)/registry", "HOME": directory, "STATE_DIRECTORY": directory,
            ].merging(environment) { $1 },
            clock: clock,
            randomness: randomness
        )
        let written = terminal.written.withLock { $0 }
        return Outcome(
            exitCode: exitCode,
            output: written.output.replacing(directory, with: "DIR"),
            error: written.error.replacing(directory, with: "DIR")
        )
    }

    func file(_ name: String, _ text: String) throws -> String {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let path = "\(directory)/\(name)"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}

/// Starts on 2026-03-02 at noon, UTC, and moves on by a second each time it is asked.
final class StageClock: InstantSource {
    private let current = Mutex(Int64(1_772_452_800_000_000))

    func now() -> Instant {
        current.withLock { micros in
            micros += 1_000_000
            return Instant(microsecondsSinceEpoch: micros)
        }
    }

    func move(to date: String) {
        guard let day = CalendarDate(date) else { return }
        current.withLock { $0 = Int64(day.daysSinceEpoch) * 86_400_000_000 + 43_200_000_000 }
    }
}

/// The same numbers in every run.
final class StageRandomness: RandomSource {
    private let state = Mutex(UInt64(42))

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}

final class StageTerminal: Terminal {
    let written = Mutex((output: "", error: ""))
    private let answers: Mutex<[String]>
    let isInteractive: Bool
    private let screen: Screen?

    /// A terminal that standard output is.
    struct Screen: Hashable {
        let width: Int
        var usesColor = false
    }

    init(answers: [String]?, screen: Screen? = nil) {
        isInteractive = answers != nil
        self.screen = screen
        self.answers = Mutex(answers ?? [])
    }

    var isOutputTerminal: Bool { screen != nil }
    var width: Int? { screen?.width }
    var usesColor: Bool { screen?.usesColor == true }

    func write(_ text: String) {
        written.withLock { $0.output += text }
    }

    func writeError(_ text: String) {
        written.withLock { $0.error += text }
    }

    func readLine() -> String? {
        answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }
}
