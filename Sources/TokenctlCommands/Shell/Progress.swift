import Registry
import RegistryAPI
import Synchronization

/// Tells a person how far something is, on standard error, when it takes longer than a second: how much of it is done, how
/// fast it goes, and how long it will take.
final class Progress: Sendable {
    private struct State {
        var done = 0
        var total: Int?
        var lastTold: Instant
        var hasTold = false
    }

    private let what: String
    private let unit: ProgressUnit
    private let terminal: any Terminal
    private let clock: any InstantSource
    private let began: Instant
    private let state: Mutex<State>

    /// - Parameters:
    ///   - what: a file, or what is done.
    ///   - total: how many there are; nil while that is not known.
    init(of what: String, _ unit: ProgressUnit, total: Int? = nil, shell: Shell) {
        self.what = what
        self.unit = unit
        terminal = shell.terminal
        clock = shell.clock
        began = shell.clock.now()
        state = Mutex(State(total: total, lastTold: began))
    }

    /// So many more are done.
    func add(_ more: Int) {
        tell { $0.done += more }
    }

    /// So many are done, of so many.
    func reach(_ done: Int, of total: Int) {
        tell { state in
            state.done = done
            state.total = total
        }
    }

    private func tell(_ change: (inout State) -> Void) {
        let now = clock.now()
        state.withLock { state in
            change(&state)
            guard now >= state.lastTold.adding(seconds: 1) else { return }
            state.lastTold = now
            state.hasTold = true
            let seconds = Double(now.microsecondsSinceEpoch - began.microsecondsSinceEpoch) / 1_000_000
            let line = unit.line(done: state.done, of: state.total, after: seconds)
            terminal.writeError("\r\u{1B}[K\("\(what.escaped): \(line)".cut(toWidth: (terminal.width ?? 80) - 1))")
        }
    }

    /// Takes the line away.
    func finish() {
        state.withLock { state in
            if state.hasTold { terminal.writeError("\r\u{1B}[K") }
            state.hasTold = false
        }
    }
}

extension Shell {
    /// Progress for somebody who looks; nil where nobody does.
    func progress(_ what: String, _ unit: ProgressUnit, total: Int? = nil) -> Progress? {
        terminal.isInteractive && !global.isSilent ? Progress(of: what, unit, total: total, shell: self) : nil
    }

    /// Runs `body`; who looks is told each second how long it has taken, once that is longer than a second.
    func timing<Answer>(_ body: () async throws -> Answer) async rethrows -> Answer {
        guard terminal.tellsTime, !global.isSilent else { return try await body() }
        let terminal = terminal
        let hands = Task {
            var seconds = 0
            defer { if seconds > 1 { terminal.writeError("\r\u{1B}[K") } }
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                seconds += 1
                if !Task.isCancelled, seconds > 1 {
                    terminal.writeError("\r\u{1B}[KWorking: \(ProgressUnit.duration(Double(seconds)))…")
                }
            }
        }
        do {
            let answer = try await body()
            hands.cancel()
            await hands.value
            return answer
        } catch {
            hands.cancel()
            await hands.value
            throw error
        }
    }
}

extension UploadedFile {
    /// The same file, which tells `progress` how far it is read.
    func telling(_ progress: Progress) -> UploadedFile {
        let open = open
        return UploadedFile(name: name, digest: digest) { ToldSource(source: try open(), progress: progress) }
    }
}

private struct ToldSource: ChunkSource {
    var source: any ChunkSource
    let progress: Progress

    mutating func next() throws -> [UInt8]? {
        let chunk = try source.next()
        progress.add(chunk?.count ?? 0)
        return chunk
    }
}
