/// The port that tells the time.
public protocol InstantSource: Sendable {
    func now() -> Instant
}

/// The port that gives unpredictable bits; in production a cryptographically secure generator.
public protocol RandomSource: Sendable {
    func next() -> UInt64
}

/// The operating system's generator (`getrandom` on Linux).
public struct SystemRandomSource: RandomSource {
    public init() {}

    public func next() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
