import Synchronization

@testable import Registry

/// A clock that a test sets. It stands still until it is told otherwise.
final class TestClock: InstantSource {
    private let instant: Mutex<Instant>

    init(_ instant: Instant) {
        self.instant = Mutex(instant)
    }

    func now() -> Instant {
        instant.withLock { $0 }
    }

    /// Puts the clock at `instant`, forwards or backwards.
    func set(_ instant: Instant) {
        self.instant.withLock { $0 = instant }
    }

    /// Puts the clock at noon of `day`, in UTC.
    func set(day: String) {
        guard let noon = Instant("\(day)T12:00:00Z") else { preconditionFailure("\(day) is no date") }
        set(noon)
    }

    /// Moves the clock by `seconds`, backwards when negative.
    func advance(seconds: Int64) {
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
