package import HTML

/// A bar of parts in a table's cell. The row has its figures, so it is hidden from those who hear the page.
package struct ReportBar {
    /// What a part looks like: told apart by lightness and hatching as well as by colour.
    package enum Fill: String {
        case one
        case two
        case three
        case four
        case rest
        case over
    }

    let parts: [(fill: Fill, quantity: Int)]
    /// Where a line stands across the bar, such as a maximum.
    let mark: Int?
    /// What the whole width stands for.
    let scale: Int

    package init(parts: [(fill: Fill, quantity: Int)], mark: Int? = nil, scale: Int) {
        self.parts = parts
        self.mark = mark
        self.scale = scale
    }

    package var markup: Markup {
        Markup("svg", ["aria-hidden": "true", "focusable": "false"]) {
            Markup("rect", ["class": "track", "width": "100%", "height": "100%"])
            Markup(segments)
            if let mark {
                let place = Self.percent(share(mark))
                Markup("line", ["class": "mark", "x1": place, "x2": place, "y1": "-15%", "y2": "115%"])
            }
        }
    }

    private var segments: [Markup] {
        var start = 0.0
        return parts.filter { $0.quantity > 0 }.map { part in
            let width = share(part.quantity)
            defer { start += width }
            return Self.swatch(part.fill, x: Self.percent(start), width: Self.percent(width))
        }
    }

    /// A filled rectangle, hatched where its fill is.
    static func swatch(_ fill: Fill, x: String, y: String = "0", width: String, height: String = "100%") -> Markup {
        Markup {
            Markup("rect", ["class": fill.rawValue, "x": x, "y": y, "width": width, "height": height])
            if let hatch = fill.hatch {
                Markup("rect", ["fill": "url(#\(hatch))", "x": x, "y": y, "width": width, "height": height])
            }
        }
    }

    /// What the parts of the bars below stand for.
    package static func legend(_ entries: [(fill: Fill, text: String)], mark: String? = nil) -> Markup {
        Markup("ul", ["class": "legend"]) {
            for entry in entries {
                Markup("li") {
                    Markup("svg", ["aria-hidden": "true", "focusable": "false"]) {
                        swatch(entry.fill, x: "0", width: "100%")
                    }
                    entry.text
                }
            }
            if let mark {
                Markup("li") {
                    Markup("svg", ["aria-hidden": "true", "focusable": "false"]) {
                        Markup("line", ["class": "mark", "x1": "50%", "x2": "50%", "y1": "-15%", "y2": "115%"])
                    }
                    mark
                }
            }
        }
    }

    /// The hatchings, which every bar of the page uses.
    package static let hatchings = Markup(
        "svg",
        ["width": "0", "height": "0", "aria-hidden": "true", "focusable": "false"]
    ) {
        Markup("defs") {
            hatching("rising", line: ["0", "6", "6", "0"])
            hatching("falling", line: ["0", "0", "6", "6"])
            hatching("level", line: ["0", "3", "6", "3"])
        }
    }

    private static func hatching(_ id: String, line: [String]) -> Markup {
        Markup("pattern", ["id": id, "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"]) {
            Markup("line", ["class": "hatch", "x1": line[0], "y1": line[1], "x2": line[2], "y2": line[3]])
        }
    }

    /// Of the whole width. Quantities may be as large as any number.
    private func share(_ quantity: Int) -> Double {
        scale > 0 ? min(1, Double(quantity) / Double(scale)) : 0
    }

    /// `12.5%`.
    private static func percent(_ share: Double) -> String {
        let thousandths = Int((share * 1000).rounded())
        return "\(thousandths / 10).\(thousandths % 10)%"
    }
}

extension ReportBar.Fill {
    fileprivate var hatch: String? {
        switch self {
        case .one, .rest, .over: nil
        case .two: "rising"
        case .three: "falling"
        case .four: "level"
        }
    }
}
