import Foundation
import Synchronization

/// The built `tokend`, on a registry and a socket of a test's own.
final class DaemonProcess: Sendable {
    private let process: Process
    let socketPath: String

    /// Starts it, and waits until it says that it is ready.
    init(registry: String, in directory: String) throws {
        socketPath = "\(directory)/tokend.sock"
        let readiness = try ReadinessSocket(path: "\(directory)/notify")
        process = Process()
        process.executableURL = URL(fileURLWithPath: Sandbox.product("tokend"))
        process.arguments = ["--registry", registry, "--socket", socketPath, "--log-file", "\(directory)/tokend.log"]
        process.environment = ["HOME": directory, "PATH": "/usr/bin:/bin", "NOTIFY_SOCKET": readiness.path]
        try process.run()
        do {
            try readiness.wait()
        } catch {
            process.terminate()
            process.waitUntilExit()
            throw error
        }
    }

    /// Asks it to stop, as a service manager does.
    /// - Returns: its exit code.
    @discardableResult
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it without letting it finish anything.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

/// Where a daemon says that it is ready (`sd_notify`).
private final class ReadinessSocket {
    struct NeverReady: Error {}

    let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        unlink(path)
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8.prefix(107))) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard bound == 0 else { throw NeverReady() }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    func wait() throws {
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0, String(decoding: buffer.prefix(count), as: UTF8.self).hasPrefix("READY=1") else {
            throw NeverReady()
        }
    }
}
