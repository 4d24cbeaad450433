/// A column that a file of rows may have.
public struct RowColumn: Sendable {
    /// The field of the row's request that it fills; nil for what lists print and nobody has to state.
    let field: String?
    /// What it is called: as the lists call it, and the shorter names that people write.
    let names: [String]
    /// Whether every file has it, unless something stands in for it.
    let isRequired: Bool
    /// The only text that it may hold, for what the request does not ask: another row belongs elsewhere.
    let only: String?

    /// A column that fills a field.
    static func field(_ field: String, _ others: String..., isRequired: Bool = false) -> RowColumn {
        RowColumn(field: field, names: [field] + others, isRequired: isRequired, only: nil)
    }

    /// A column that is passed over, since it follows from the others.
    static func derived(_ name: String) -> RowColumn {
        RowColumn(field: nil, names: [name], isRequired: false, only: nil)
    }

    /// A column that is empty or holds this text in every row that can be carried out.
    static func only(_ name: String, _ text: String) -> RowColumn {
        RowColumn(field: nil, names: [name], isRequired: false, only: text)
    }
}

extension [RowColumn] {
    /// Columns that are passed over.
    static func derived(_ names: String...) -> [RowColumn] { names.map { .derived($0) } }
}
