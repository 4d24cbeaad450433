import HTML
import Registry

/// The seats that were activated and those that lapse, month by month: a chart, its figures, and what comes next.
struct TimelineFigure {
    let timeline: TimelineResource

    var markup: Markup {
        let months = TimelineMonth.months(of: timeline)
        guard months.contains(where: { !$0.seats.isEmpty }) else {
            return Markup("p") {
                "No seat was activated or lapses from "
                Report.date(timeline.from)
                " to "
                Report.date(timeline.through)
                "."
            }
        }
        let kinds = TimelineResource.Kind.allCases.filter { kind in months.contains { $0.seats[kind] != nil } }
        return Markup {
            Markup("figure") {
                ReportBar.legend(kinds.map { ($0.fill, $0.words) })
                Markup("div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Chart"]) {
                    TimelineChart(months: months, kinds: kinds, asOf: timeline.asOf).markup
                }
                Markup("figcaption") {
                    "Seats by month: above the line those that came, below it those that ended or will end. The dashed line "
                    "is "
                    Report.date(timeline.asOf)
                    "."
                }
            }
            ReportTable<TimelineMonth>(
                caption: "The figures of the chart, for the months in which something happens",
                columns: [.text("Month") { $0.name }]
                    + kinds.map { kind in .number(kind.heading) { $0.seats[kind] } }
            ).markup(months.filter { !$0.seats.isEmpty })
            next
        }
    }

    /// So many days to come are told one by one.
    private static let nextLimit = 40

    private var next: Markup {
        let coming = timeline.events.filter { $0.on >= timeline.asOf && $0.event != .activated }
        guard !coming.isEmpty else { return Markup() }
        return Markup {
            ReportTable<TimelineResource.Event>(
                caption: "What ends next: each day is the last one",
                columns: [
                    .date("Day") { $0.on },
                    .name("What") { $0.event.words },
                    .number("Seats") { $0.seats },
                    .text("SKU") { $0.skuPartNumber.description },
                    .wide("Tenant") { $0.tenantDomain?.value ?? "none yet" },
                    .name("Source") { $0.source },
                ]
            ).markup(coming.prefix(Self.nextLimit))
            if coming.count > Self.nextLimit {
                Markup("p", ["class": "note"]) {
                    "And \(coming.count - Self.nextLimit) more: "
                    Report.code("tokenctl statement \(timeline.organizationId) --timeline")
                }
            }
        }
    }
}

/// A month, and the seats that came or ended in it.
struct TimelineMonth {
    /// `2026-03`.
    let name: String
    let seats: [TimelineResource.Kind: Int]

    /// Every month of the timeline, in order.
    static func months(of timeline: TimelineResource) -> [TimelineMonth] {
        var seats: [String: [TimelineResource.Kind: Int]] = [:]
        for event in timeline.events {
            let sum = seats[month(of: event.on), default: [:]][event.event] ?? 0
            seats[month(of: event.on), default: [:]][event.event] = sum.clampedSum(event.seats)
        }
        var months: [TimelineMonth] = []
        var day = timeline.from.adding(days: 1 - timeline.from.components.day)
        while day <= timeline.through {
            months.append(TimelineMonth(name: month(of: day), seats: seats[month(of: day)] ?? [:]))
            day = day.adding(months: 1)
        }
        return months
    }

    static func month(of day: CalendarDate) -> String { String(day.description.prefix(7)) }
}

extension TimelineResource.Kind {
    var heading: String {
        switch self {
        case .activated: "Activated"
        case .replaced: "Replaced"
        case .tokensEnd: "Tokens end"
        case .rightsEnd: "Rights end"
        case .serviceEnds: "Service ends"
        }
    }

    var words: String {
        switch self {
        case .activated: "activated"
        case .replaced: "ended by a replacement (R46)"
        case .tokensEnd: "unredeemed tokens become void (R33)"
        case .rightsEnd: "rights end (R32)"
        case .serviceEnds: "service ends (R47)"
        }
    }

    var fill: ReportBar.Fill {
        switch self {
        case .activated: .one
        case .replaced: .over
        case .tokensEnd: .four
        case .rightsEnd: .two
        case .serviceEnds: .three
        }
    }
}
