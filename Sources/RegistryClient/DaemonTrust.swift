import Glibc
import NIOCore

/// Which users' programs may answer as the daemon, so that no code is sent to somebody else's.
///
/// The kernel says whose program listens on a socket; whose file the socket is does not matter.
public struct DaemonTrust: Hashable, Sendable {
    /// The user that the daemon runs as, beside the caller and root.
    private let userName: String

    /// The user of the unit that `tokenctl setup systemd` prints.
    private static let defaultUser = "tokenctl"

    /// - Parameter environment: `TOKENCTL_DAEMON_USER` names the daemon's user.
    public init(_ environment: [String: String]) {
        let name = environment["TOKENCTL_DAEMON_USER"] ?? ""
        userName = name.isEmpty ? Self.defaultUser : name
    }

    /// What is wrong with a listener of the user `userID`; nil when it is trusted.
    func objection(to userID: UInt32) -> String? {
        if userID == 0 || userID == geteuid() { return nil }
        if let entry = getpwnam(userName), entry.pointee.pw_uid == userID { return nil }
        let name = getpwuid(userID).map { String(cString: $0.pointee.pw_name) } ?? "with the id \(userID)"
        return "a program of the user \(name) answers there, and nothing was sent to it. "
            + "If the daemon runs as that user, set TOKENCTL_DAEMON_USER"
    }

    /// What is wrong with the program that listens at the other end; nil when it is trusted.
    func objection(to channel: any Channel) async -> String? {
        guard let provider = channel as? any SocketOptionProvider,
            let peer: PeerStructure = try? await provider.unsafeGetSocketOption(
                level: .socket,
                name: .init(rawValue: SO_PEERCRED)
            ).get()
        else { return "the kernel does not say whose program answers" }
        return objection(to: peer.user)
    }
}

/// What `SO_PEERCRED` fills in.
private struct PeerStructure {
    var process: Int32 = 0
    var user: UInt32 = .max
    var group: UInt32 = .max
}
