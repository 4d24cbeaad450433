import NIOPosix

/// Threads for operations that read much, so that they keep no short request waiting.
final class LengthyWork: TaskExecutor {
    private let threads: NIOThreadPool

    /// - Parameter limit: how many run at once; others wait.
    init(limit: Int) {
        threads = NIOThreadPool(numberOfThreads: limit)
        threads.start()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // A pool that has been shut down still runs what it is given, as cancelled.
        threads.submit { _ in job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    deinit {
        threads.shutdownGracefully { _ in }
    }
}
