import Glibc
import NIOCore

/// Who is at the other end of a connection, as the kernel knows it.
struct PeerCredentials: Hashable, Sendable {
    let userID: UInt32
    let groupID: UInt32

    /// What `SO_PEERCRED` fills in.
    private struct Structure {
        var process: Int32 = 0
        var user: UInt32 = .max
        var group: UInt32 = .max
    }

    /// Asks the kernel. Call it on the channel's event loop.
    /// - Returns: a failed future, or none, where the kernel does not say: such a caller is nobody.
    static func of(_ channel: any Channel) -> EventLoopFuture<PeerCredentials?> {
        guard let provider = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededFuture(nil)
        }
        let option: EventLoopFuture<Structure> = provider.unsafeGetSocketOption(
            level: .socket,
            name: .init(rawValue: SO_PEERCRED)
        )
        return option.map { structure in
            // The kernel says -1 where it does not know.
            structure.user == .max ? nil : PeerCredentials(userID: structure.user, groupID: structure.group)
        }
    }
}
