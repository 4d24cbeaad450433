/// From when on something is worth a notice.
public struct NoticeThresholds: Hashable, Sendable {
    /// Days from today in which what ends is told.
    public var within = 90
    /// Per cent of a maximum that are in use.
    public var maximum = 90
    /// Per cent of a pool's seats that nobody holds.
    public var idle = 10
    /// Per cent of a product's activations that are left.
    public var keys = 10
    /// Days before a replacement's last.
    public var replacement = 7

    public static let standard = NoticeThresholds()
}

/// What is told, and of what.
struct NoticeSelection: Hashable, Sendable {
    var thresholds = NoticeThresholds.standard
    /// SKUs of which nothing is told.
    var ignored: Set<SKUPartNumber> = []
    /// Nil for all.
    var kinds: Set<NoticeKind>?

    func tells(_ kind: NoticeKind) -> Bool { kinds?.contains(kind) ?? true }
}
