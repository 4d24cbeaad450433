import Registry

/// Notices as figures in Prometheus' text format, for node-exporter's textfile collector.
struct NoticeMetrics {
    let organizations: [OrganizationNoticesResource]
    let now: Instant

    private struct Series: Hashable, Comparable {
        let organization: String
        let kind: String
        let severity: String

        static func < (left: Series, right: Series) -> Bool {
            (left.organization, left.kind, left.severity) < (right.organization, right.kind, right.severity)
        }

        var labels: String {
            "{organization=\"\(organization)\",kind=\"\(kind)\",severity=\"\(severity)\"}"
        }
    }

    var text: String {
        var notices: [Series: [NoticeResource]] = [:]
        for organization in organizations {
            for notice in organization.notices {
                let series = Series(
                    organization: Self.escaped(organization.organizationId.value),
                    kind: notice.kind.rawValue,
                    severity: notice.severity.rawValue
                )
                notices[series, default: []].append(notice)
            }
        }
        let series = notices.sorted { $0.key < $1.key }
        var text = Self.family("tokenctl_notices", "What should be known, by organisation, kind and severity.")
        for (series, notices) in series { text += "tokenctl_notices\(series.labels) \(notices.count)\n" }
        text += Self.family("tokenctl_notice_quantity", "How many seats, tokens, uses or activations it is about.")
        for (series, notices) in series {
            text += "tokenctl_notice_quantity\(series.labels) \(notices.reduce(0) { $0 + $1.quantity })\n"
        }
        text += Self.family(
            "tokenctl_notice_affected_users",
            "Users who lose a seat, or hold one without the right to it."
        )
        for (series, notices) in series {
            text += "tokenctl_notice_affected_users\(series.labels) \(notices.reduce(0) { $0 + $1.affectedUsers })\n"
        }
        text += Self.family(
            "tokenctl_notice_end_timestamp_seconds",
            "When the last day of the first of it ends, in UTC."
        )
        for (series, notices) in series {
            guard let day = notices.compactMap(\.on).min() else { continue }
            text += "tokenctl_notice_end_timestamp_seconds\(series.labels) \((day.daysSinceEpoch + 1) * 86_400)\n"
        }
        text += Self.family("tokenctl_notices_timestamp_seconds", "When this was found out.")
        text += "tokenctl_notices_timestamp_seconds \(now.secondsSinceEpoch)\n"
        return text
    }

    private static func family(_ name: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
