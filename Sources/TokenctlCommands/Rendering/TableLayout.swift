/// Which columns of a list a table shows, and how wide each is: decided once, for all of its pages.
///
/// Where a screen is narrow, codes shrink to their last group and texts are cut a little, then the columns that give way are
/// left out, then texts are cut more, and at last columns from the right are left out. Dates, numbers, identifiers and a
/// code's last group are never cut.
struct TableLayout {
    /// Indices of the columns that are shown.
    let shown: [Int]
    /// Of each that is shown.
    let widths: [Int]
    /// Whether codes are shown as their last group.
    let shortensCodes: Bool
    /// The headings of those that were left out for want of room.
    let leftOut: [String]

    /// No text is cut to fewer columns, and to fewer than the second only when there is nothing else to give way.
    private static let narrowest = 12
    private static let comfortable = 24
    private static let gap = 2

    /// - Parameters:
    ///   - cells: the first rows.
    ///   - width: the screen's; nil for as wide as needed.
    init(_ columns: [ColumnHead], cells: [[String]], width: Int?) {
        let present = columns.indices.filter { index in
            !columns[index].isSparse || cells.contains { !$0[index].isEmpty }
        }
        let measures = columns.indices.map { index in
            Measure(columns[index], cells: cells.map { $0[index] })
        }
        func total(_ shown: [Int], _ widths: (Measure) -> Int) -> Int {
            shown.reduce(0) { $0 + widths(measures[$1]) } + Self.gap * max(0, shown.count - 1)
        }
        guard let width, total(present, \.full) > width else {
            shown = present
            widths = present.map { measures[$0].full }
            shortensCodes = false
            leftOut = []
            return
        }
        var shown = present
        var dropped: [Int] = []
        func drop(_ needed: (Measure) -> Int, among candidates: (Int) -> Bool) {
            while total(shown, needed) > width,
                let next = Self.leastImportant(of: shown.dropFirst().filter(candidates), columns)
            {
                dropped.append(next)
                shown.removeAll { $0 == next }
            }
        }
        drop(\.comfortable) { columns[$0].yields != nil }
        drop(\.least) { _ in true }
        var widths = shown.map { measures[$0].short }
        let least = shown.map { measures[$0].least }
        // Takes from the widest that can give, until the line fits.
        while widths.reduce(0, +) + Self.gap * (widths.count - 1) > width,
            let place = widths.indices.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] })
        {
            widths[place] -= 1
        }
        self.shown = shown
        self.widths = widths
        shortensCodes = true
        leftOut = dropped.sorted().map { columns[$0].heading }
    }

    /// The one to be left out next: what its type names, else from the right.
    private static func leastImportant(of candidates: [Int], _ columns: [ColumnHead]) -> Int? {
        candidates.max { left, right in
            (columns[left].yields ?? 0, left) < (columns[right].yields ?? 0, right)
        }
    }

    /// What a cell shows.
    func text(_ cell: String, of column: ColumnHead) -> String {
        shortensCodes && column.isCode ? Self.shortened(cell) : cell
    }

    private static func shortened(_ code: String) -> String {
        code.count > 6 ? "…\(code.suffix(5))" : code
    }

    /// How wide a column is, may be, and has to be.
    private struct Measure {
        let full: Int
        /// With codes as their last group.
        let short: Int
        let comfortable: Int
        let least: Int

        init(_ column: ColumnHead, cells: [String]) {
            let heading = column.heading.displayWidth
            let widest = cells.map(\.displayWidth).max() ?? 0
            full = max(heading, widest)
            guard !column.isCode else {
                short = max(heading, cells.map { TableLayout.shortened($0).displayWidth }.max() ?? 0)
                comfortable = short
                least = short
                return
            }
            short = full
            let isCut = column.mayBeCut && !cells.contains(where: TableLayout.isWhole)
            // A heading gives way to its cells, as far as it can still be read.
            comfortable = isCut ? min(full, TableLayout.comfortable) : max(widest, min(heading, 10))
            least = isCut ? min(full, TableLayout.narrowest) : max(widest, min(heading, 6))
        }
    }

    /// Dates and instants mean something else when they are cut.
    private static func isWhole(_ cell: String) -> Bool {
        cell.count >= 10 && cell.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?/) != nil
    }
}

extension ColumnHead {
    /// Codes are masked up to their last group.
    var isCode: Bool { name == "maskedCode" || name == "code" && heading == "CODE" }

    /// Whether a part of its texts says something.
    var mayBeCut: Bool {
        if isNumber || isCode { return false }
        let isIdentifier = name == "id" || name.hasSuffix("Id") || name.hasSuffix("Ids")
        return !isIdentifier && !Self.words.contains(name)
    }

    /// Fields of one word each.
    private static let words: Set<String> = [
        "bar", "skuPartNumber", "status", "state", "kind", "rule", "country", "permission", "outcome",
        "capabilityStatus", "origin", "product",
    ]
}
