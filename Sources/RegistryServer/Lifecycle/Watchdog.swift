import ServiceLifecycle

/// Tells the service manager that the daemon is well, as long as it can read its registry.
struct Watchdog: Service {
    let manager: ServiceManager
    let isWell: @Sendable () async -> Bool

    func run() async throws {
        guard let interval = manager.watchdogInterval else {
            try? await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                if await isWell() { manager.alive() }
                try? await Task.sleep(for: interval / 2)
            }
        }
    }
}

/// Wakes those who follow the ledger now and then: other processes commit to the registry, too.
struct FollowerClock: Service {
    let commits: CommitFeed
    var interval: Duration = .seconds(2)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
                commits.publish()
            }
        }
    }
}
