import HTML
import Registry

/// The chart of a timeline: a column for each month, upwards for what came, downwards for what ends.
struct TimelineChart {
    let months: [TimelineMonth]
    let kinds: [TimelineResource.Kind]
    let asOf: CalendarDate

    private let width = 800
    private let left = 60
    private let right = 20
    private let top = 14
    /// Of what is drawn of seats, up and down together.
    private let height = 240
    private let bottom = 26

    private var step: Double { Double(width - left - right) / Double(max(1, months.count)) }

    private var endings: [TimelineResource.Kind] { kinds.filter { $0 != .activated } }

    var markup: Markup {
        let up = months.map { drawn($0, .activated) }.max() ?? 0
        let down = months.flatMap { month in endings.map { drawn(month, $0) } }.max() ?? 0
        let tick = Self.tick(for: max(up, down))
        let ticksUp = Self.ticks(for: up, tick)
        let ticksDown = Self.ticks(for: down, tick)
        let scale = Double(height) / Double(max(1, (ticksUp + ticksDown) * tick))
        let zero = Double(top) + Double(ticksUp * tick) * scale
        return Markup(
            "svg",
            [
                "viewBox": "0 0 \(width) \(top + height + bottom)", "role": "img",
                "aria-labelledby": "timeline-title timeline-text",
            ]
        ) {
            Markup("title", ["id": "timeline-title"]) { "Seats activated and lapsing by month" }
            Markup("desc", ["id": "timeline-text"]) { "The figures are in the table below the chart." }
            for number in -ticksDown...ticksUp {
                let y = zero - Double(number * tick) * scale
                line(number == 0 ? "axis" : "grid", from: (Double(left), y), to: (Double(width - right), y))
                text(String(abs(number) * tick), at: (Double(left - 6), y + 4), "end")
            }
            for (index, month) in months.enumerated() {
                columns(of: month, at: Double(left) + Double(index) * step, zero: zero, scale: scale)
                if index.isMultiple(of: 3) {
                    text(month.name, at: (Double(left) + (Double(index) + 0.5) * step, labelHeight), "middle")
                }
            }
            line("today", from: (today, Double(top)), to: (today, Double(top + height)))
        }
    }

    /// The seats that a bar stands for: no more than can be reckoned with.
    private func drawn(_ month: TimelineMonth, _ kind: TimelineResource.Kind) -> Int {
        min(month.seats[kind] ?? 0, 1_000_000_000_000_000)
    }

    private var labelHeight: Double { Double(top + height + 18) }

    /// Where the day that the timeline is of lies.
    private var today: Double {
        let index = months.firstIndex { $0.name == TimelineMonth.month(of: asOf) } ?? 0
        return Double(left) + (Double(index) + Double(asOf.components.day - 1) / 31) * step
    }

    private func columns(of month: TimelineMonth, at x: Double, zero: Double, scale: Double) -> Markup {
        let margin = step * 0.1
        let breadth = (step - 2 * margin) / Double(max(1, endings.count))
        let height = Double(drawn(month, .activated)) * scale
        return Markup {
            bar(.one, (x + margin, zero - height), (step - 2 * margin, height))
            for (index, kind) in endings.enumerated() {
                bar(
                    kind.fill,
                    (x + margin + Double(index) * breadth, zero),
                    (breadth, Double(drawn(month, kind)) * scale)
                )
            }
        }
    }

    private typealias Point = (Double, Double)

    private func bar(_ fill: ReportBar.Fill, _ place: Point, _ size: Point) -> Markup {
        guard size.1 > 0 else { return Markup() }
        return ReportBar.swatch(
            fill,
            x: Self.number(place.0),
            y: Self.number(place.1),
            width: Self.number(size.0),
            height: Self.number(max(1, size.1))
        )
    }

    private func line(_ kind: String, from start: Point, to end: Point) -> Markup {
        Markup(
            "line",
            [
                "class": kind, "x1": Self.number(start.0), "y1": Self.number(start.1), "x2": Self.number(end.0),
                "y2": Self.number(end.1),
            ]
        )
    }

    private func text(_ text: String, at place: Point, _ anchor: String) -> Markup {
        Markup("text", ["x": Self.number(place.0), "y": Self.number(place.1), "text-anchor": anchor]) { text }
    }

    /// A round number of which some four or five fit: 1, 2 or 5 with zeros.
    private static func tick(for maximum: Int) -> Int {
        var power = 1
        while maximum / power > 50 { power *= 10 }
        return power * ([1, 2, 5, 10].first { maximum / power <= 4 * $0 } ?? 10)
    }

    private static func ticks(for maximum: Int, _ tick: Int) -> Int {
        maximum / tick + (maximum % tick == 0 ? 0 : 1)
    }

    /// With one decimal.
    private static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
