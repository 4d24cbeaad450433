import Glibc

/// Tells systemd how the daemon is, as `sd_notify` does; does nothing where no service manager listens.
struct ServiceManager: Sendable {
    private let socketName: String?
    /// How often the service manager wants to hear that the daemon is well; nil when it does not.
    let watchdogInterval: Duration?

    /// - Parameter environment: with `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` where systemd set them.
    init(environment: [String: String]) {
        let name = environment["NOTIFY_SOCKET"]
        socketName = name.flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        let isForUs = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        let interval = environment["WATCHDOG_USEC"].flatMap { Int64($0) }
        watchdogInterval = isForUs ? interval.flatMap { $0 > 0 ? .microseconds($0) : nil } : nil
    }

    func ready(_ status: String) { send("READY=1\nSTATUS=\(status)") }
    func stopping() { send("STOPPING=1\nSTATUS=Finishing what was accepted") }
    func alive() { send("WATCHDOG=1") }

    private func send(_ message: String) {
        guard let socketName else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(message.utf8)
        _ = UnixAddress(socketName).with {
            sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, $1)
        }
    }
}
