import Synchronization

/// Writes the daemon's figures in Prometheus' text format.
struct PrometheusText {
    private(set) var text = ""

    init(_ metrics: ServerMetrics, uptime: Duration) {
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
