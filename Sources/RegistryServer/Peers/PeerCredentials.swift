import Glibc
import NIOCore

/// What `SO_PEERCRED` fills in.
struct PeerCredentials {
    private var process: Int32 = 0
    private var user: UInt32 = .max
    private var group: UInt32 = .max

    /// The user at the other end of a connection, as the kernel knows it. Call it on the channel's event loop.
    /// - Returns: a failed future, or none, where the kernel does not say: such a caller is nobody.
    static func user(of channel: any Channel) -> EventLoopFuture<UInt32?> {
        guard let provider = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededFuture(nil)
        }
        let credentials: EventLoopFuture<PeerCredentials> = provider.unsafeGetSocketOption(
            level: .socket,
            name: .init(rawValue: SO_PEERCRED)
        )
        // The kernel says -1 where it does not know.
        return credentials.map { $0.user == .max ? nil : $0.user }
    }
}
