import ServiceLifecycle
import UnixSignals

/// SIGHUP opens the log file anew, after somebody moved it away.
struct Hangup: Service {
    let log: LogOutput

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown {
            for await _ in signals { log.reopen() }
        }
    }
}
