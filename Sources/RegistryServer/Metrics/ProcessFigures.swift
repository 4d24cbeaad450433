import Glibc

/// What Prometheus' client libraries tell of a process, from `/proc/self`; nil where the system does not say.
struct ProcessFigures {
    let cpuSeconds: Double
    let residentBytes: Int
    let virtualBytes: Int
    /// Seconds since 1970.
    let startSeconds: Double
    let openDescriptors: Int?
    let maximumDescriptors: Int?
    let threads: Int

    init?() {
        guard let stat = Self.contents(of: "/proc/self/stat"), let name = stat.lastIndex(of: ")") else { return nil }
        // The fields after the name, which may hold anything; the first of them is the third of the line.
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        func number(_ field: Int) -> Int? { fields.indices.contains(field - 3) ? Int(fields[field - 3]) : nil }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        guard ticks > 0, let user = number(14), let system = number(15), let threads = number(20),
            let start = number(22), let virtual = number(23), let resident = number(24)
        else { return nil }
        cpuSeconds = Double(user + system) / ticks
        virtualBytes = virtual
        residentBytes = resident * Int(sysconf(Int32(_SC_PAGESIZE)))
        self.threads = threads
        var (now, boot) = (timespec(), timespec())
        clock_gettime(CLOCK_REALTIME, &now)
        clock_gettime(CLOCK_BOOTTIME, &boot)
        startSeconds = Self.seconds(now) - Self.seconds(boot) + Double(start) / ticks
        var limit = rlimit()
        let isLimited = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        maximumDescriptors = isLimited ? Int(clamping: limit.rlim_cur) : nil
        openDescriptors = Self.entries(of: "/proc/self/fd")
    }

    private static func seconds(_ time: timespec) -> Double { Double(time.tv_sec) + Double(time.tv_nsec) / 1e9 }

    private static func contents(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    /// Without the one that the look itself opens, and `.` and `..`.
    private static func entries(of path: String) -> Int? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        return max(0, count - 3)
    }
}
