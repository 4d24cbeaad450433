import ServiceLifecycle

/// Ends a daemon that could only read its registry when it started, once it could write too: the service manager starts
/// it again, and then it opens the registry for writing.
struct ReadOnlyStart: Service {
    let wouldOpenForWriting: @Sendable () -> Bool
    var interval: Duration = .seconds(5)

    /// - Throws: `StartupFailure` once the registry can be written to.
    func run() async throws {
        let isOver = await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if wouldOpenForWriting() { return true }
                try? await Task.sleep(for: interval)
            }
            return false
        }
        guard !isOver else {
            throw StartupFailure(
                "The registry can be written to again. Stopped, to be started anew and open it for writing."
            )
        }
    }
}
