/// How much a reader may read before it is given up with `registry.timeout`.
public enum ReadLimit: Hashable, Sendable {
    /// As much as there is.
    case none
    /// What can be read in this time.
    case time(Duration)
    /// Some hundred rows: what a thread can be kept with that others wait for. An engine whose reads are never made on such
    /// a thread takes it for a minute.
    case brief

    /// - Parameter time: nil for no limit.
    init(_ time: Duration?) {
        self = time.map(ReadLimit.time) ?? .none
    }
}
