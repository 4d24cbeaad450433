import Glibc

/// Keeps every connection busy until the time is over or the requests are used up.
final class LoadRun {
    /// One connection, with at most one request on its way.
    private struct Connection {
        let descriptor: Int32
        var sentAt: UInt64 = 0
        var isWaiting = false
        /// What came of an answer that is not complete.
        var received: [UInt8] = []
    }

    private let options: LoadOptions
    private var source: RequestSource
    private var connections: [Connection] = []
    private var waiting = 0
    private var outgoing: [UInt8] = []
    private var incoming = [UInt8](repeating: 0, count: 1 << 18)
    private(set) var figures = LoadFigures()

    init(options: LoadOptions, source: RequestSource) {
        self.options = options
        self.source = source
    }

    deinit {
        for connection in connections { close(connection.descriptor) }
    }

    func run() throws(Fault) {
        for _ in 0..<options.connections {
            connections.append(Connection(descriptor: try Self.connect(to: options.socket)))
        }
        var watched = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        let start = Self.now()
        let counting = start + Self.nanoseconds(options.warmUp)
        let end = counting + Self.nanoseconds(options.seconds)
        figures.begin(at: counting)
        for index in connections.indices { try send(on: index, at: start) }
        // An answer may take a while when the server is asked for much at once.
        let patience = end + Self.nanoseconds(30)
        while waiting > 0 {
            guard poll(&watched, nfds_t(watched.count), 1_000) >= 0 || errno == EINTR else {
                throw Fault("cannot wait for the sockets")
            }
            for index in watched.indices where watched[index].revents != 0 {
                try receive(on: index, counting: counting, until: end)
            }
            guard Self.now() < patience else { throw Fault("\(waiting) requests were not answered within 30 seconds") }
        }
        figures.end(at: min(Self.now(), end))
    }

    private func send(on index: Int, at now: UInt64) throws(Fault) {
        outgoing.removeAll(keepingCapacity: true)
        guard source.next(into: &outgoing) else { return }
        connections[index].sentAt = now
        connections[index].isWaiting = true
        waiting += 1
        var sent = 0
        while sent < outgoing.count {
            let result = outgoing.withUnsafeBytes {
                Glibc.send(
                    connections[index].descriptor,
                    $0.baseAddress?.advanced(by: sent),
                    $0.count - sent,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard result > 0 else {
                if errno == EINTR { continue }
                throw Fault("cannot send a request: \(String(cString: strerror(errno)))")
            }
            sent += result
        }
    }

    private func receive(on index: Int, counting: UInt64, until end: UInt64) throws(Fault) {
        let count = incoming.withUnsafeMutableBytes {
            recv(connections[index].descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        guard count > 0 else { throw Fault("the server closed a connection") }
        let status: Int?
        if connections[index].received.isEmpty {
            status = try Self.status(ofComplete: incoming, count)
            if status == nil { connections[index].received += incoming[..<count] }
        } else {
            connections[index].received += incoming[..<count]
            status = try Self.status(ofComplete: connections[index].received, connections[index].received.count)
            if status != nil { connections[index].received.removeAll(keepingCapacity: true) }
        }
        guard let status else { return }
        let now = Self.now()
        connections[index].isWaiting = false
        waiting -= 1
        if now >= counting, now <= end { figures.count(status, nanoseconds: now - connections[index].sentAt) }
        if now < end { try send(on: index, at: now) }
    }

    /// The status of the one answer in the first `count` bytes; nil as long as more of it is to come.
    private static func status(ofComplete bytes: [UInt8], _ count: Int) throws(Fault) -> Int? {
        let result: Result<Int?, Fault> = bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return .success(nil) }
            var length: Int?
            var start = 0
            while true {
                guard let found = memchr(base + start, 0x0A, count - start) else { return .success(nil) }
                let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
                defer { start = end + 1 }
                // A blank line ends the head.
                if end - start <= 1 { break }
                if strncasecmp(base + start, "content-length:", 15) == 0 { length = atol(base + start + 15) }
            }
            guard let length, start > 12 else {
                return .failure(Fault("an answer is not HTTP/1.1, or does not state its length"))
            }
            return .success(count < start + length ? nil : atol(base + 9))
        }
        return try result.get()
    }

    private static func connect(to path: String) throws(Fault) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else { throw Fault("\(path) is too long") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard descriptor >= 0, result == 0 else {
            throw Fault("cannot connect to \(path): \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private static func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }
}
