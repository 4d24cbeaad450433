import HTML
import ProgramVersion
import Registry

/// What the reports that are printed as HTML have in common: how they look, their tables, and who made them when.
enum Report {
    /// A page that is a report.
    static func document(_ title: String) -> HTMLDocument {
        HTMLDocument(title: title, style: String(decoding: PackageResources.report_css, as: UTF8.self))
    }

    /// A day, as a person and a program read it.
    static func date(_ date: CalendarDate) -> Markup {
        Markup("time", ["datetime": date.description]) { date.description }
    }

    /// A name that somebody gave, whatever direction it is written in.
    static func name(_ name: some CustomStringConvertible) -> Markup {
        Markup("bdi") { name.description }
    }

    static func code(_ text: String) -> Markup {
        Markup("code") { text }
    }

    /// Facts by their names; one without a value is left out.
    static func facts(_ facts: [(name: String, value: Markup?)]) -> Markup {
        Markup("dl", ["class": "facts"]) {
            for fact in facts {
                if let value = fact.value {
                    Markup("dt") { fact.name }
                    Markup("dd") { value }
                }
            }
        }
    }

    /// A list; nothing when there is nothing in it.
    static func list(_ items: [Markup]) -> Markup {
        if items.isEmpty { return Markup() }
        return Markup("ul") {
            for item in items { Markup("li") { item } }
        }
    }

    /// Who made the page and when, and the command that makes it again.
    static func footer(at now: Instant, command: String) -> Markup {
        let second = "\(now.description.prefix(19))Z"
        return Markup("footer") {
            "Made by tokenctl \(Version.current) at "
            Markup("time", ["datetime": second]) { second }
            " with "
            code(command)
            ". tokenctl records; nothing on this page was asked of Microsoft."
        }
    }
}

/// A table of a report: its columns, each with what stands in it for a row.
struct ReportTable<Item> {
    struct Column {
        let heading: String
        let kind: Kind
        let cell: (Item) -> Markup

        enum Kind: String {
            /// A word or two.
            case text
            case name
            /// A name that is long as a rule, such as a domain.
            case wide
            case number
            case date
            case bar
        }

        static func text(_ heading: String, _ cell: @escaping (Item) -> String) -> Column {
            Column(heading: heading, kind: .text) { Markup(text: cell($0)) }
        }

        static func name(_ heading: String, _ cell: @escaping (Item) -> String) -> Column {
            Column(heading: heading, kind: .name) { Report.name(cell($0)) }
        }

        static func wide(_ heading: String, _ cell: @escaping (Item) -> String) -> Column {
            Column(heading: heading, kind: .wide) { Report.name(cell($0)) }
        }

        /// Empty where it is nil.
        static func number(_ heading: String, _ cell: @escaping (Item) -> Int?) -> Column {
            Column(heading: heading, kind: .number) { Markup(text: cell($0).map(String.init) ?? "") }
        }

        /// Empty where it is nil.
        static func date(_ heading: String, _ cell: @escaping (Item) -> CalendarDate?) -> Column {
            Column(heading: heading, kind: .date) { cell($0).map(Report.date) ?? Markup() }
        }

        static func bar(_ heading: String, _ cell: @escaping (Item) -> Markup) -> Column {
            Column(heading: heading, kind: .bar, cell: cell)
        }
    }

    let caption: String
    /// Not where a heading says the same.
    var showsCaption = true
    let columns: [Column]
    /// Rows that sum up others.
    var isWhole: (Item) -> Bool = { _ in false }

    /// The table, in a part of the page that scrolls by itself where the page is narrow. The first cell of a row is its
    /// heading.
    func markup(_ items: some Sequence<Item>) -> Markup {
        Markup("div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": caption]) {
            Markup("table") {
                Markup("caption", ["class": showsCaption ? nil : "heard"]) { Markup("span") { caption } }
                Markup("thead") {
                    Markup("tr") {
                        for column in columns {
                            Markup("th", ["scope": "col", "class": column.kind.rawValue]) { column.heading }
                        }
                    }
                }
                Markup("tbody") {
                    for item in items { row(item) }
                }
            }
        }
    }

    private func row(_ item: Item) -> Markup {
        Markup("tr", ["class": isWhole(item) ? "whole" : nil]) {
            for (index, column) in columns.enumerated() {
                if index == 0 {
                    Markup("th", ["scope": "row", "class": column.kind.rawValue]) { column.cell(item) }
                } else {
                    Markup("td", ["class": column.kind.rawValue]) { column.cell(item) }
                }
            }
        }
    }
}
