import Glibc

/// What came of a run: how many were answered with which status, and how long they took.
struct LoadFigures {
    private var start: UInt64 = 0
    private var finish: UInt64 = 0
    private var countByStatus: [Int: Int] = [:]
    /// How many took so many microseconds; the last stands for all that took longer.
    private var countByMicrosecond = [UInt32](repeating: 0, count: 5_000_001)
    private var longest: UInt64 = 0
    private var count = 0

    mutating func begin(at instant: UInt64) {
        start = instant
    }

    mutating func end(at instant: UInt64) {
        finish = instant
    }

    mutating func count(_ status: Int, nanoseconds: UInt64) {
        count += 1
        countByStatus[status, default: 0] += 1
        longest = max(longest, nanoseconds)
        countByMicrosecond[min(Int(nanoseconds / 1_000), countByMicrosecond.count - 1)] += 1
    }

    /// How long all but the slowest took, in microseconds.
    private func percentile(_ share: Double) -> Int {
        var left = Int((Double(count) * share).rounded(.up))
        for (microseconds, count) in countByMicrosecond.enumerated() {
            left -= Int(count)
            if left <= 0 { return microseconds }
        }
        return countByMicrosecond.count - 1
    }

    /// The seconds of processor time that this process took.
    private var processorTime: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// Times are in microseconds, but for `seconds` and `processorSeconds`.
    var json: String {
        let seconds = max(Double(finish &- start), 1) / 1e9
        let statuses = countByStatus.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
        return """
            {"requests": \(count), "seconds": \(seconds), "perSecond": \(Double(count) / seconds), \
            "statuses": {\(statuses.joined(separator: ", "))}, "p50": \(percentile(0.5)), "p99": \(percentile(0.99)), \
            "p999": \(percentile(0.999)), "longest": \(longest / 1_000), "processorSeconds": \(processorTime)}
            """
    }
}
