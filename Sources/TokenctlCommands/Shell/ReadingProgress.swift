import Registry
import RegistryAPI
import Synchronization

/// Tells a person how far a file is read, on standard error, when that takes longer than a second.
final class ReadingProgress: Sendable {
    private struct State {
        var bytes = 0
        var lastTold: Instant
        var hasTold = false
    }

    private let name: String
    private let terminal: any Terminal
    private let clock: any InstantSource
    private let state: Mutex<State>

    init(of name: String, shell: Shell) {
        self.name = name
        terminal = shell.terminal
        clock = shell.clock
        state = Mutex(State(lastTold: shell.clock.now()))
    }

    fileprivate func add(_ bytes: Int) {
        let now = clock.now()
        state.withLock { state in
            state.bytes += bytes
            guard now >= state.lastTold.adding(seconds: 1) else { return }
            state.lastTold = now
            state.hasTold = true
            terminal.writeError("\r\u{1B}[K\(name.escaped): \(state.bytes / 1_000_000) MB read…")
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

extension UploadedFile {
    /// The same file, which tells `progress` how far it is read.
    func telling(_ progress: ReadingProgress) -> UploadedFile {
        let open = open
        return UploadedFile(name: name, digest: digest) { ToldSource(source: try open(), progress: progress) }
    }
}

private struct ToldSource: ChunkSource {
    var source: any ChunkSource
    let progress: ReadingProgress

    mutating func next() throws -> [UInt8]? {
        let chunk = try source.next()
        progress.add(chunk?.count ?? 0)
        return chunk
    }
}
