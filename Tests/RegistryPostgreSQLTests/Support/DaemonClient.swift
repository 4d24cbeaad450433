#if PostgreSQL
import Foundation

/// A connection to a daemon, used by one thread: one request at a time, without any retry.
final class DaemonClient {
    /// What became of a request.
    enum Answer {
        case answered(status: Int, json: [String: Any])
        /// It was sent, wholly or in part, and nothing came back.
        case lost
    }

    private let descriptor: Int32

    /// Nil where no daemon takes it.
    init?(_ path: String) {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(107))) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let code = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        guard code == 0 else { return nil }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    func post(_ path: String, _ body: [String: Any], key: String) throws -> Answer {
        let json = try JSONSerialization.data(withJSONObject: body)
        let head = """
            POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: \(key)\r\n\
            Content-Length: \(json.count)\r\n\r\n
            """
        let request = Array(head.utf8) + json
        guard send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            return .lost
        }
        return answer() ?? .lost
    }

    private func answer() -> Answer? {
        var bytes: [UInt8] = []
        var end: (head: String, body: Int, length: Int)?
        while true {
            if end == nil, let range = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
                let length = head.lowercased().firstMatch(of: /content-length: *([0-9]+)/).flatMap { Int($0.1) }
                guard let length else { return nil }
                end = (head, range.upperBound, length)
            }
            if let end, bytes.count >= end.body + end.length {
                guard let status = end.head.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
                    return nil
                }
                let object = try? JSONSerialization.jsonObject(with: Data(bytes[end.body...]))
                return .answered(status: status, json: object as? [String: Any] ?? [:])
            }
            var buffer = [UInt8](repeating: 0, count: 16_384)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
        }
    }
}
#endif
