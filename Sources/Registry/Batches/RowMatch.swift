/// Holds what a row states against what the registry has under the same id.
struct RowMatch {
    /// Such as `The location lyon`.
    let name: String
    /// By the request's field: what is there, and what the row states; a field that it leaves out is not held against.
    let fields: [(field: String, known: String, stated: String?)]

    /// - Throws: `Refusal` with `identifier.taken` that names the first field in which they differ.
    func check() throws {
        for (field, known, stated) in fields {
            guard let stated, stated != known else { continue }
            throw Refusal(
                .identifierTaken,
                "\(name) is there already, with \(known.isEmpty ? "none" : quoted(known)) here, not \(quoted(stated)).",
                facts: ["field": field]
            )
        }
    }
}
