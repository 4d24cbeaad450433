import CSV

/// Exports in CSV: the admin centre's list of users, `m365 entra license list`, PowerShell's `Export-Csv`.
enum ExportedCSV {
    /// - Throws: `Refusal`, `ExportRecord.Flaw`.
    static func read(_ text: [UInt8]) throws -> TenantExport {
        var reader = CSVReader(required: [], problemLimit: 1_000)
        var export = TenantExport()
        var names: [ExportedSKUName: Int] = [:]
        var fields: [(Int, ExportField)] = []
        var isHeadRead = false
        try reader.read(OneChunk(bytes: withoutPrologue(text))) { row in
            if !isHeadRead {
                fields = try Self.fields(of: row.header)
                isHeadRead = true
            }
            var record = ExportRecord(line: row.line)
            for (position, field) in fields {
                record[field] = row.text(at: position)
            }
            if record.isUser {
                record.licenses = licenses(record[.licenses] ?? record[.licenseDetails])
            }
            guard try export.take(record, &names) else {
                throw ExportRecord.Flaw(line: row.line, column: row.header.names[0], detail: "The row names no SKU.")
            }
        }
        if let header = reader.header, !isHeadRead { _ = try Self.fields(of: header) }
        guard reader.problems.isEmpty else {
            throw Refusal(
                .importInvalid,
                "\(reader.problems.count == 1 ? "A row of the file" : "\(reader.problems.count) rows of the file")"
                    + " cannot be read; nothing was compared.",
                facts: ["problemCount": reader.problems.count],
                inputProblems: reader.inputProblems
            )
        }
        return export
    }

    /// - Throws: `Refusal` for a header of nothing that is known.
    private static func fields(of header: CSVHeader) throws -> [(Int, ExportField)] {
        let fields = header.names.enumerated().compactMap { position, name in
            ExportField(name).map { (position, $0) }
        }
        let known = Set(fields.map(\.1))
        if known.contains(.user), known.isDisjoint(with: [.licenses, .licenseDetails]) {
            throw Refusal.export(
                "The file has users, and no column with their licences; export the admin centre's active users.",
                line: 1
            )
        }
        let names: Set<ExportField> = [.partNumber, .skuID, .accountSKU, .productName]
        guard known.contains(.user) || !known.isDisjoint(with: names) else {
            let columns = header.names.prefix(8).map { quoted($0) }.joined(separator: ", ")
            throw Refusal.export(
                "This kind of file is not known; its columns are \(columns). \(TenantExport.known)",
                line: 1
            )
        }
        return fields
    }

    /// `A+B+C`; nothing for `Unlicensed`.
    static func licenses(_ text: String?) -> [ExportedSKUName] {
        guard let text, text.lowercased() != "unlicensed" else { return [] }
        return [ExportedSKUName(joined: text)]
    }

    /// Without what PowerShell and Excel put above the header; the lines keep their numbers.
    private static func withoutPrologue(_ text: [UInt8]) -> [UInt8] {
        let line = text.prefix { $0 != UInt8(ascii: "\n") }
        let isPrologue = line.starts(with: "#TYPE".utf8) || line.prefix(4).elementsEqual("sep=".utf8)
        return isPrologue ? Array(text.dropFirst(line.count)) : text
    }
}
