import ArgumentParser

/// The options of every command whose answer is a list.
struct ListOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Print only these fields, named as in JSON, such as id,name.", valueName: "names")
    )
    var fields: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Sort by this field, or by -FIELD downwards; a comma separates several.", valueName: "field")
    )
    var sort: String?

    init() {}
}

/// A command whose answer is a list.
protocol ListingCommand: TokenctlCommand {
    var listing: ListOptions { get }
}

/// Which fields of a list are printed, and how its rows are sorted.
struct ListShape: Sendable {
    /// Empty for all that the format has.
    private(set) var fields: [String] = []
    /// The first counts most; empty for the registry's own order.
    private(set) var order: [Order] = []

    struct Order: Sendable {
        let field: String
        let isDescending: Bool
    }

    init() {}

    /// - Throws: `UsageError` for a list with an empty name.
    init(_ options: ListOptions) throws {
        fields = try options.fields.map { try Self.names($0, of: "--fields") } ?? []
        order = try (options.sort.map { try Self.names($0, of: "--sort") } ?? []).map { name in
            Order(field: name.hasPrefix("-") ? String(name.dropFirst()) : name, isDescending: name.hasPrefix("-"))
        }
    }

    private static func names(_ text: String, of option: String) throws -> [String] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0.trimming(" ")) }
        guard !names.contains("") else {
            throw UsageError("\(option) takes names of fields, with commas between them.")
        }
        return names
    }

    /// - Throws: `UsageError` for a name that is not among `fields`.
    func check(against fields: [ColumnHead]) throws {
        let known = fields.map(\.name)
        for name in self.fields + order.map(\.field) where !known.contains(name) {
            throw UsageError(
                "There is no field \(name).\(didYouMean(name, known)) The fields are \(known.joined(separator: ", "))."
            )
        }
    }
}

extension Substring {
    fileprivate func trimming(_ blank: Character) -> Substring {
        var text = self
        while text.first == blank { text.removeFirst() }
        while text.last == blank { text.removeLast() }
        return text
    }
}
