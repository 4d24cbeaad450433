import NIOPosix
import RegistryAPI

/// Where short reads are made: on the event loop that asks, or by threads of their own where the engine lets a read wait
/// for another machine.
final class ShortWork: Sendable {
    /// Nil where reads do not wait.
    private let threads: NIOThreadPool?

    /// So many reads wait at once; each has a connection of its own.
    private static let threadCount = 8

    /// - Parameter waits: whether a read may wait.
    init(waits: Bool) {
        threads = waits ? NIOThreadPool(numberOfThreads: Self.threadCount) : nil
        threads?.start()
    }

    deinit {
        threads?.shutdownGracefully { _ in }
    }

    /// Runs `body` now, or as soon as one of the threads is free.
    func run(_ body: @escaping @Sendable () -> Void) {
        guard let threads else { return body() }
        // A pool that has been shut down still runs what it is given, as cancelled.
        threads.submit { _ in body() }
    }
}
