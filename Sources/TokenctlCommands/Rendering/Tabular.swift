/// A thing that can stand in a table or a CSV file.
protocol Tabular {
    /// In the order in which they are shown. CSV has all of them, a table those with a heading.
    static var columns: [Column<Self>] { get }
}

struct Column<Row> {
    /// The name in CSV: as in JSON.
    let name: String
    /// What stands above it in a table; nil keeps it out of tables.
    let heading: String?
    let isNumber: Bool
    let value: (Row) -> String

    /// Text.
    init(_ name: String, _ heading: String?, _ value: @escaping (Row) -> String) {
        self.name = name
        self.heading = heading
        isNumber = false
        self.value = value
    }

    /// Text that may be missing.
    init(_ name: String, _ heading: String?, optional value: @escaping (Row) -> String?) {
        self.init(name, heading) { value($0) ?? "" }
    }

    /// A number, aligned to the right.
    init(_ name: String, _ heading: String?, number value: @escaping (Row) -> Int?) {
        self.name = name
        self.heading = heading
        isNumber = true
        self.value = { value($0).map(String.init) ?? "" }
    }
}
