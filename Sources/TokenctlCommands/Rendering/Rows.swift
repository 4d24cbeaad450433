import Registry
import RegistryAPI

/// How answers of a type stand in tables and CSV: its published fields are the columns, in their order.
///
/// Warnings are not among them: they are told on standard error.
struct RowStyle {
    /// What stands above a column, where it is not the field's own name.
    var headings: [String: String] = [:]
    /// Columns of CSV that a table does not show.
    var hidden: Set<String> = []
    /// Columns that a list's table leaves out where no row has anything under them.
    var sparse: Set<String> = []
    /// Columns that a narrow screen leaves out first, the least important last.
    var yielding: [String] = []
    /// Fields that stand in JSON alone.
    var omitted: Set<String> = []
    /// How a field is written, where it is not plain.
    var texts: [String: @Sendable (WireValue) -> String] = [:]
    /// Fields that are written as a number by ``texts``.
    var numbers: Set<String> = []
    /// Whether the codes among the fields are shown: of answers that are asked for to show one.
    var showsSecret = false

    /// The words for a flag that is true, and for one that is not.
    static func flag(_ yes: String, _ no: String) -> @Sendable (WireValue) -> String {
        { if case .flag(true) = $0 { yes } else { no } }
    }

    /// The names that most answers share.
    private static let usual = [
        "auditSequence": "LEDGER ROW", "organizationId": "ORGANISATION", "skuPartNumber": "SKU",
        "tenantDomain": "DOMAIN", "userPrincipalName": "USER",
    ]

    /// Where a field is shown. Warnings are told on standard error.
    fileprivate func place(_ name: String) -> ColumnHead.Place {
        if name == "warnings" || omitted.contains(name) { return .json }
        return hidden.contains(name) ? .csv : .everywhere
    }

    /// The heading of a column: `REDEEMED ON` for `redeemedOn`, `TOKEN` for `tokenId`.
    func heading(_ name: String) -> String {
        if let heading = headings[name] ?? Self.usual[name] { return heading }
        // A wide table has the id beside the name that tables have in its place.
        let words = name.hasSuffix("Id") && !hidden.contains(name) ? String(name.dropLast(2)) : name
        return words.reduce(into: "") { heading, character in
            if character.isUppercase { heading.append(" ") }
            heading += character.uppercased()
        }
    }
}

/// An answer whose published fields are its columns.
protocol Row: TableRow, Decodable {
    static var rowStyle: RowStyle { get }
}

extension Row {
    static var showsSecret: Bool { rowStyle.showsSecret }

    static var fields: [ColumnHead] {
        let style = rowStyle
        // The answers tell their fields by reading them, which cannot fail: the OpenAPI document is made so.
        let fields = (try? AnswerField.fields(of: Self.self)) ?? []
        return fields.map { field in
            ColumnHead(
                name: field.name,
                heading: style.heading(field.name),
                isNumber: field.isNumber || style.numbers.contains(field.name),
                place: style.place(field.name),
                isSparse: style.sparse.contains(field.name),
                yields: style.yielding.firstIndex(of: field.name).map { $0 + 1 }
            )
        }
    }

    func texts(under heads: [ColumnHead]) -> [String] {
        let style = Self.rowStyle
        // The answers are made of texts, numbers and lists: writing them cannot fail.
        let members = (try? WireEncoder.value(of: self, userInfo: Printer.userInfo(of: Self.self)))?.members ?? []
        let values = Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
        return heads.map { head in
            let value = values[head.name] ?? .null
            if let text = style.texts[head.name] { return text(value) }
            // What CSV alone has is for programs.
            if head.place == .csv, case .flag(let flag) = value { return flag ? "true" : "false" }
            return value.cellText
        }
    }
}

extension Performed: TableRow where Answer: Row {}

extension Performed: Row where Answer: Row {
    static var rowStyle: RowStyle {
        var style = Answer.rowStyle
        if style.texts["dryRun"] == nil, !style.hidden.contains("dryRun") {
            style.texts["dryRun"] = RowStyle.flag("yes: nothing was written", "no")
        }
        return style
    }
}

extension WireValue {
    /// The items of a list; none of anything else.
    var items: [WireValue] {
        if case .list(let items) = self { items } else { [] }
    }

    /// How many items a list has.
    var count: String { String(items.count) }

    /// The items, each as `text` has it.
    func listed(_ text: (WireValue) -> String) -> String {
        items.map(text).joined(separator: ", ")
    }

    /// A member of an object; null where it has none of this name.
    subscript(name: String) -> WireValue {
        members.first { $0.name == name }?.value ?? .null
    }

    /// A member's text; empty where there is none.
    subscript(text name: String) -> String { self[name].cellText }

    /// As JSON on one line, the keys sorted.
    var compactJSON: String { Printer.compactJSON(EncodedValue(self)) }

    /// `value` with the codes that it holds, for a request.
    static func revealing(_ value: some Encodable) throws -> WireValue {
        let userInfo = ActivationCode.encodingKey.map { [$0: ActivationCode.Encoding.revealed] } ?? [:]
        return try WireEncoder.value(of: value, userInfo: userInfo)
    }

    /// The value in a cell.
    var cellText: String {
        switch self {
        case .null: ""
        case .flag(let flag): flag ? "yes" : "no"
        case .number(let text), .text(let text), .parameter(let text): text
        case .list(let items): items.map(\.cellText).joined(separator: " ")
        case .parameters(let texts): texts.joined(separator: " ")
        case .object(let members): members.map(\.value.cellText).joined(separator: " ")
        }
    }
}
