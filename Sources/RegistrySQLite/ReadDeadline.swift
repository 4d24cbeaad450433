/// Until when a reader may read. The log cannot be emptied while it does.
struct ReadDeadline: Sendable {
    /// Of the task whose thread reads; nil where it may take its time.
    @TaskLocal static var current: ReadDeadline?

    private let instant: ContinuousClock.Instant

    init(after limit: Duration) {
        instant = .now + limit
    }

    static var isPast: Bool {
        current.map { $0.instant < .now } ?? false
    }
}
