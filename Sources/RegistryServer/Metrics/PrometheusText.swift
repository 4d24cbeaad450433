import ProgramVersion
import Registry
import Synchronization

/// Writes the daemon's figures in Prometheus' text format.
struct PrometheusText {
    private(set) var text = ""

    init(
        _ metrics: ServerMetrics,
        uptime: Duration,
        notices: NoticeFigures.Look? = nil,
        process: ProcessFigures? = ProcessFigures()
    ) {
        let meters = metrics.allMeters.map { (name: $0.name, figures: $0.figures) }
        family("tokend_requests_total", "counter", "Requests answered, by operation and HTTP status.")
        for (name, figures) in meters {
            for (status, count) in figures.countByStatus.sorted(by: { $0.key < $1.key }) {
                sample("tokend_requests_total", [("operation", name), ("status", String(status))], String(count))
            }
        }
        family("tokend_request_duration_seconds", "histogram", "From a request's head to its answer, by operation.")
        for (name, figures) in meters where !figures.countByStatus.isEmpty {
            histogram(
                "tokend_request_duration_seconds",
                [("operation", name)],
                figures.seconds
            ) { "\($0)" }
        }
        let connections = metrics.connections.withLock { $0 }
        family("tokend_connections", "gauge", "Connections that are open.")
        sample("tokend_connections", [], String(connections.open))
        counter("tokend_connections_accepted_total", "Connections accepted.", connections.accepted)
        counter("tokend_connections_refused_total", "Connections refused at a limit.", connections.refused)
        counter("tokend_connections_timed_out_total", "Connections closed as too slow.", connections.timedOut)
        let commits = metrics.commits.withLock { $0 }
        counter("tokend_commit_failures_total", "Commits that failed; nothing of them was kept.", commits.failures)
        family("tokend_commit_writes", "histogram", "Writes that shared one durable commit.")
        histogram("tokend_commit_writes", [], commits.writes) { String(Int($0)) }
        family("tokend_uptime_seconds", "gauge", "Seconds since the daemon began to serve.")
        sample("tokend_uptime_seconds", [], String(uptime.components.seconds))
        family("tokend_build_info", "gauge", "The daemon's version and the commit that it was built from; always 1.")
        sample("tokend_build_info", [("version", Version.current), ("commit", Version.commit ?? "")], "1")
        if let notices { add(notices) }
        if let process { add(process) }
    }

    /// Of all organisations together, since the metrics name none. Every kind and severity is there, so that an alert
    /// ends where there is nothing to tell any more.
    private mutating func add(_ look: NoticeFigures.Look) {
        var figures = look.figures
        for kind in NoticeKind.allCases {
            for severity in NoticeSeverity.allCases {
                figures[.init(kind: kind, severity: severity), default: .init()].notices += 0
            }
        }
        let series = figures.sorted { $0.key < $1.key }.map { series, figure in
            ([("kind", series.kind.rawValue), ("severity", series.severity.rawValue)], figure)
        }
        family("tokend_notices", "gauge", "What administrators should know, by kind and severity.")
        for (labels, figure) in series { sample("tokend_notices", labels, String(figure.notices)) }
        family("tokend_notice_quantity", "gauge", "How many seats, tokens, uses or activations it is about.")
        for (labels, figure) in series { sample("tokend_notice_quantity", labels, String(figure.quantity)) }
        family("tokend_notice_affected_users", "gauge", "Users who lose a seat, or hold one without the right to it.")
        for (labels, figure) in series { sample("tokend_notice_affected_users", labels, String(figure.affectedUsers)) }
        family("tokend_notice_end_timestamp_seconds", "gauge", "When the last day of the first of it ends, in UTC.")
        for (labels, figure) in series {
            guard let day = figure.on else { continue }
            sample("tokend_notice_end_timestamp_seconds", labels, String((day.daysSinceEpoch + 1) * 86_400))
        }
        family("tokend_notices_timestamp_seconds", "gauge", "When this was looked for last.")
        sample("tokend_notices_timestamp_seconds", [], String(look.at.secondsSinceEpoch))
    }

    /// Under the names that Prometheus' own client libraries use.
    private mutating func add(_ process: ProcessFigures) {
        family("process_cpu_seconds_total", "counter", "User and system CPU time spent, in seconds.")
        sample("process_cpu_seconds_total", [], String(process.cpuSeconds))
        gauge("process_resident_memory_bytes", "Resident memory, in bytes.", String(process.residentBytes))
        gauge("process_virtual_memory_bytes", "Virtual memory, in bytes.", String(process.virtualBytes))
        gauge(
            "process_start_time_seconds",
            "When the process started, in seconds since 1970.",
            String(process.startSeconds)
        )
        gauge("process_threads", "Threads of the process.", String(process.threads))
        if let open = process.openDescriptors { gauge("process_open_fds", "Descriptors that are open.", String(open)) }
        if let most = process.maximumDescriptors {
            gauge("process_max_fds", "Descriptors that may be open.", String(most))
        }
    }

    private mutating func gauge(_ name: String, _ help: String, _ value: String) {
        family(name, "gauge", help)
        sample(name, [], value)
    }

    private mutating func counter(_ name: String, _ help: String, _ value: Int) {
        family(name, "counter", help)
        sample(name, [], String(value))
    }

    private mutating func family(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    private mutating func histogram(
        _ name: String,
        _ labels: [(String, String)],
        _ histogram: Histogram,
        _ text: (Double) -> String
    ) {
        var cumulative = 0
        for (bound, count) in zip(histogram.bounds.map(text) + ["+Inf"], histogram.buckets) {
            cumulative += count
            sample("\(name)_bucket", labels + [("le", bound)], String(cumulative))
        }
        sample("\(name)_sum", labels, text(histogram.sum))
        sample("\(name)_count", labels, String(cumulative))
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",") + "}"
        }
        text += " \(value)\n"
    }
}
