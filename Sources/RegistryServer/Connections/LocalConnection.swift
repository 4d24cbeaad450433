import NIOCore

/// A client's connection on the socket.
struct LocalConnection: Sendable {
    let channel: any Channel
    /// The user id of the caller; nil where the kernel did not say: such a caller is nobody.
    let peer: UInt32?
    let ending: ConnectionEnding
    /// Whether it came to the port for browsers, where only the page is served.
    var isWeb = false

    /// What the caller's shares are counted by.
    var userID: UInt32 { peer ?? .max }
}
