import Glibc
public import Registry

/// The machine's clock.
public struct SystemClock: InstantSource {
    /// A clock that reads the time anew each time it is asked.
    public init() {}

    /// The time now, to the microsecond.
    public func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microsecondsSinceEpoch: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
