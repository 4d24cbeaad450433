import ServiceLifecycle

/// Does something again and again until the daemon stops.
struct Repeating: Service {
    let interval: Duration
    /// What it throws ends the daemon.
    let body: @Sendable () async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await body()
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// Ends a daemon that could only read its registry when it started, once it could write too: the service manager
    /// starts it again, and then it opens the registry for writing.
    static func readOnlyStart(
        every interval: Duration = .seconds(5),
        wouldOpenForWriting: @escaping @Sendable () -> Bool
    ) -> Repeating {
        Repeating(interval: interval) {
            guard !wouldOpenForWriting() else {
                throw StartupFailure(
                    "The registry can be written to again. Stopped, to be started anew and open it for writing."
                )
            }
        }
    }
}
