#if PostgreSQL
import Foundation
import Synchronization

/// Work on a thread of its own, which may wait for the server.
final class Background<Answer: Sendable>: Sendable {
    private let result = Mutex<Result<Answer, any Error>?>(nil)
    private let end = DispatchSemaphore(value: 0)

    init(_ body: @escaping @Sendable () throws -> Answer) {
        Thread.detachNewThread {
            let result = Result { try body() }
            self.result.withLock { $0 = result }
            self.end.signal()
        }
    }

    /// Waits for its end; once.
    func answer() throws -> Answer? {
        end.wait()
        return try result.withLock { $0 }?.get()
    }
}
#endif
