import CSV
import JSON

extension TenantExport {
    /// Reads an export; what it is shows in what it says.
    ///
    /// - Throws: `Refusal` with `import.invalid` for a file that is no export, or not a whole one, with the place.
    static func read(_ file: UploadedFile) throws -> TenantExport {
        var source = try file.open()
        var bytes: [UInt8] = []
        while let piece = try source.next() { bytes += piece }
        return try read(bytes)
    }

    /// - Throws: `Refusal` with `import.invalid`.
    static func read(_ bytes: [UInt8]) throws -> TenantExport {
        guard let text = FileText.utf8(bytes) else {
            throw Refusal.export("The file is in no encoding that can be read; save it as UTF-8.")
        }
        guard let first = text.first(where: { !" \t\r\n".utf8.contains($0) }) else {
            throw Refusal.export("The file is empty. \(known)")
        }
        do {
            let export =
                switch first {
                case UInt8(ascii: "{"), UInt8(ascii: "["): try ExportedJSON.read(text)
                case UInt8(ascii: "<"):
                    throw Refusal.export("The file is HTML or XML, perhaps the page of an error. \(known)")
                default: try PowerShellText.read(text) ?? ExportedCSV.read(text)
                }
            guard !export.kinds.isEmpty else { throw Refusal.export("The file lists nothing. \(known)") }
            return export
        } catch let flaw as ExportRecord.Flaw {
            throw Refusal.export(flaw.detail, line: flaw.line, column: flaw.column)
        } catch let fault as JSONFault {
            throw Refusal.export(
                "The file is not JSON: on line \(fault.line), column \(fault.column), \(fault.reason).",
                line: fault.line
            )
        }
    }

    /// What is read, for the refusal of anything else.
    static let known =
        "What is read: Microsoft Graph's subscribedSkus, directory/subscriptions and users (with assignedLicenses), the "
        + "admin centre's list of users, m365 entra license list, Get-MgSubscribedSku, Get-MsolAccountSku, and Partner "
        + "Center's subscribed SKUs and licence usage."
}

extension Refusal {
    /// A file that is no export of a tenant.
    static func export(_ detail: String, line: Int? = nil, column: String? = nil) -> Refusal {
        let place = column.flatMap { column in line.map { " (line \($0), \(column))" } } ?? ""
        return Refusal(
            .importInvalid,
            detail + place,
            inputProblems: line.map {
                [InputProblem(row: $0, column: column, code: .importInvalid, detail: detail)]
            } ?? []
        )
    }
}
