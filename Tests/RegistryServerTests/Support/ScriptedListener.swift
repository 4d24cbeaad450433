import Foundation
import Testing

/// Listens on a socket as a daemon would, and does with each connection what the test says.
final class ScriptedListener: Sendable {
    let path: String
    private let descriptor: Int32

    /// - Parameter backlog: so many may wait to be let in, and one more.
    init(_ path: String, backlog: Int32 = 8) {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        listen(descriptor, backlog)
    }

    /// Lets one in, and closes it after `body`.
    /// - Returns: whether somebody came.
    @discardableResult
    func accept(_ body: (Int32) -> Void = { _ in }) -> Bool {
        let accepted = Glibc.accept(descriptor, nil, nil)
        guard accepted >= 0 else { return false }
        body(accepted)
        close(accepted)
        return true
    }

    /// Lets everybody in, on a thread of its own, until the listener ends.
    func acceptAll(_ body: @escaping @Sendable (Int32) -> Void) {
        Thread.detachNewThread { while self.accept(body) {} }
    }

    /// What arrives next, up to 4,096 bytes; empty at the end.
    static func receive(_ connection: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(connection, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    static func send(_ text: String, _ connection: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func end() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }
}

/// Gives a listener in a directory of its own, and ends it.
func withListener<Answer>(
    backlog: Int32 = 8,
    _ body: (ScriptedListener) async throws -> Answer
) async throws -> Answer {
    try await withShortDirectory { directory in
        let listener = ScriptedListener("\(directory)/s", backlog: backlog)
        defer { listener.end() }
        return try await body(listener)
    }
}
