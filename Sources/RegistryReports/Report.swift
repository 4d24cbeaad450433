package import HTML
import ProgramVersion
package import Registry

/// What the reports that are printed as HTML have in common: how they look, their tables, and who made them when.
package enum Report {
    /// The style sheet of every page.
    package static let style = String(decoding: PackageResources.report_css, as: UTF8.self)

    /// A page that is a report.
    package static func document(_ title: String) -> HTMLDocument {
        HTMLDocument(title: title, style: style)
    }

    /// A day, as a person and a program read it.
    package static func date(_ date: CalendarDate) -> Markup {
        Markup("time", ["datetime": date.description]) { date.description }
    }

    /// A name that somebody gave, whatever direction it is written in.
    package static func name(_ name: some CustomStringConvertible) -> Markup {
        Markup("bdi") { name.description }
    }

    package static func code(_ text: String) -> Markup {
        Markup("code") { text }
    }

    /// Facts by their names; one without a value is left out.
    package static func facts(_ facts: [(name: String, value: Markup?)]) -> Markup {
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
    package static func list(_ items: [Markup]) -> Markup {
        if items.isEmpty { return Markup() }
        return Markup("ul") {
            for item in items { Markup("li") { item } }
        }
    }

    /// Who made the page and when, and the command that makes it again.
    package static func footer(at now: Instant, command: String) -> Markup {
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
package struct ReportTable<Item> {
    package struct Column {
        let heading: String
        let kind: Kind
        let cell: (Item) -> Markup

        package enum Kind: String {
            /// A word or two.
            case text
            case name
            /// A name that is long as a rule, such as a domain.
            case wide
            case number
            case date
            case bar
        }

        package static func text(_ heading: String, _ cell: @escaping (Item) -> String) -> Column {
            Column(heading: heading, kind: .text) { Markup(text: cell($0)) }
        }

        package static func name(_ heading: String, _ cell: @escaping (Item) -> String) -> Column {
            Column(heading: heading, kind: .name) { Report.name(cell($0)) }
        }

        package static func wide(_ heading: String, _ cell: @escaping (Item) -> String) -> Column {
            Column(heading: heading, kind: .wide) { Report.name(cell($0)) }
        }

        /// Empty where it is nil.
        package static func number(_ heading: String, _ cell: @escaping (Item) -> Int?) -> Column {
            Column(heading: heading, kind: .number) { Markup(text: cell($0).map(String.init) ?? "") }
        }

        /// Empty where it is nil.
        package static func date(_ heading: String, _ cell: @escaping (Item) -> CalendarDate?) -> Column {
            Column(heading: heading, kind: .date) { cell($0).map(Report.date) ?? Markup() }
        }

        /// A name with a link.
        package static func link(_ heading: String, _ kind: Kind = .name, _ cell: @escaping (Item) -> Markup) -> Column
        {
            Column(heading: heading, kind: kind, cell: cell)
        }

        package static func bar(_ heading: String, _ cell: @escaping (Item) -> Markup) -> Column {
            Column(heading: heading, kind: .bar, cell: cell)
        }
    }

    let caption: String
    /// Not where a heading says the same.
    let showsCaption: Bool
    let columns: [Column]
    /// Rows that sum up others.
    let isWhole: (Item) -> Bool

    /// - Parameters:
    ///   - showsCaption: not where a heading says the same; those who hear the page are told it all the same.
    ///   - isWhole: rows that sum up others.
    package init(
        caption: String,
        showsCaption: Bool = true,
        columns: [Column],
        isWhole: @escaping (Item) -> Bool = { _ in false }
    ) {
        self.caption = caption
        self.showsCaption = showsCaption
        self.columns = columns
        self.isWhole = isWhole
    }

    /// The table, in a part of the page that scrolls by itself where the page is narrow. The first cell of a row is its
    /// heading.
    package func markup(_ items: some Sequence<Item>) -> Markup {
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
