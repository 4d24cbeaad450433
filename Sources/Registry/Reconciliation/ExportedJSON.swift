import JSON

/// Exports in JSON: Microsoft Graph's answers, one or several pages of them, lists of their items, and Partner Center's.
///
/// One page after another, a list of pages, a list of items and a single item are all read.
struct ExportedJSON {
    private var export = TenantExport()
    private var names: [ExportedSKUName: Int] = [:]
    private var pages = 0
    private var pagesWithNext = 0
    private var lists = 0

    /// - Throws: `Refusal`, `JSONFault`, `ExportRecord.Flaw`.
    static func read(_ text: [UInt8]) throws -> TenantExport {
        var reader = JSONReader(text)
        var json = ExportedJSON()
        repeat { try json.take(&reader) } while !reader.hasEnded()
        // The last page has no next one.
        if json.pages > 0, json.pagesWithNext == json.pages { json.export.gap = .nextPage }
        if json.pages == 0, json.lists == 0 { json.export.gap = .list }
        return json.export
    }

    private mutating func take(_ reader: inout JSONReader) throws {
        switch try reader.kind() {
        case .list:
            lists += 1
            try reader.list { reader, _ in try take(&reader) }
        case .object: try takeObject(&reader)
        default: throw reader.fault("expected an object")
        }
    }

    /// A page, or an item.
    private mutating func takeObject(_ reader: inout JSONReader) throws {
        var record = ExportRecord(line: reader.line)
        var isPage = false
        var hasNext = false
        try reader.object { reader, name in
            let kind = try reader.kind()
            switch (name.lowercased(), kind) {
            case ("value", .list), ("items", .list):
                isPage = true
                try take(&reader)
            case ("@odata.nextlink", .text), ("odata.nextlink", .text), ("@nextlink", .text):
                hasNext = try !reader.text().isEmpty
            case ("links", .object):
                try reader.object { reader, name in
                    if name.lowercased() == "next", try reader.kind() == .object { hasNext = true }
                    try reader.skip()
                }
            case ("error", .object): throw try Self.failure(&reader)
            default: try Self.takeField(name, kind, &reader, into: &record)
            }
        }
        if isPage {
            pages += 1
            if hasNext { pagesWithNext += 1 }
        } else {
            try finish(record)
        }
    }

    private mutating func finish(_ record: ExportRecord) throws {
        if record.isUser, record.licenses == nil {
            throw Refusal.export(
                "The users have no assignedLicenses; export them with $select=userPrincipalName,assignedLicenses.",
                line: record.line
            )
        }
        guard try export.take(record, &names) else {
            throw Refusal.export(
                "Line \(record.line) has neither a SKU nor a user. \(TenantExport.known)",
                line: record.line
            )
        }
    }

    private static func takeField(
        _ name: String,
        _ kind: JSONReader.Kind,
        _ reader: inout JSONReader,
        into record: inout ExportRecord
    ) throws {
        switch (ExportField(name), kind) {
        case (.licenses?, .list): record.licenses = try licenses(&reader)
        case (let field?, .text): record[field] = try reader.text()
        case (let field?, .number): record[field] = try reader.number()
        case (let field?, .flag): record[field] = try reader.flag() ? "true" : "false"
        case (nil, .object) where ["prepaidunits", "productsku"].contains(name.lowercased()):
            let isProduct = name.lowercased() == "productsku"
            try reader.object { reader, name in
                let kind = try reader.kind()
                switch (isProduct ? name.lowercased() : "", kind) {
                case ("id", .text): record[.skuID] = try reader.text()
                case ("name", .text): record[.productName] = try reader.text()
                default: try takeField(name, kind, &reader, into: &record)
                }
            }
        default: try reader.skip()
        }
    }

    /// `assignedLicenses`, or `Licenses` of `Get-MsolUser`.
    private static func licenses(_ reader: inout JSONReader) throws -> [ExportedSKUName] {
        var licenses: [ExportedSKUName] = []
        try reader.list { reader, _ in
            if try reader.kind() == .text {
                let text = try reader.text()
                licenses.append(
                    SKU.guid(text).map { ExportedSKUName(skuID: $0) } ?? ExportedSKUName(partNumber: text)
                )
                return
            }
            var record = ExportRecord(line: reader.line)
            try reader.object { reader, name in try takeField(name, try reader.kind(), &reader, into: &record) }
            guard !record.skuName.isEmpty else {
                throw ExportRecord.Flaw(
                    line: reader.line,
                    column: "assignedLicenses",
                    detail: "A licence of a user has no skuId."
                )
            }
            licenses.append(record.skuName)
        }
        return licenses
    }

    /// What Graph answers instead of a page.
    private static func failure(_ reader: inout JSONReader) throws -> Refusal {
        let line = reader.line
        var code = ""
        var message = ""
        try reader.object { reader, name in
            switch (name.lowercased(), try reader.kind()) {
            case ("code", .text): code = try reader.text()
            case ("message", .text): message = try reader.text()
            default: try reader.skip()
            }
        }
        return Refusal.export("The file is an error, not an export: \(quoted(code)), \(quoted(message)).", line: line)
    }
}
