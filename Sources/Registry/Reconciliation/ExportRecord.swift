/// A row, an object or a card of an export: what its fields say, as texts.
struct ExportRecord {
    let line: Int
    private var texts: [ExportField: String] = [:]
    /// The SKUs of a user, where the export lists them one by one.
    var licenses: [ExportedSKUName]?

    init(line: Int) {
        self.line = line
    }

    /// Nil where there is nothing.
    subscript(field: ExportField) -> String? {
        get { texts[field] }
        set {
            guard let text = newValue.map({ trimmingBlanks($0) }), !text.isEmpty, text != "null" else { return }
            texts[field] = text
        }
    }

    var isUser: Bool { texts[.user] != nil }

    /// What the record is about, where it is about a SKU; nil where it is not.
    var skuKind: ExportKind? {
        guard !skuName.isEmpty else { return nil }
        if texts[.total] != nil { return .subscriptions }
        if texts[.sold] != nil || texts[.deployed] != nil { return .licenseDeployment }
        if texts[.qualified] != nil { return .licenseUsage }
        let says: [ExportField] = [.enabled, .consumed, .status, .warning, .suspended]
        return says.contains { texts[$0] != nil } ? .subscribedSKUs : nil
    }

    var skuName: ExportedSKUName {
        ExportedSKUName(
            partNumber: texts[.partNumber] ?? texts[.accountSKU],
            skuID: texts[.skuID].flatMap { SKU.guid($0) } ?? texts[.id].flatMap { SKU.guid($0.suffix(36)) },
            displayName: texts[.productName]
        )
    }

    /// What the directory's GUID is said to be: the first half of a subscribed SKU's id, or a field of its own.
    var tenantID: TenantID? {
        if let id = texts[.id], id.utf8.count == 73, let half = TenantID(String(id.prefix(36))) { return half }
        return texts[.tenantID].flatMap { TenantID($0) }
    }

    var accountName: String? {
        if let name = texts[.accountName] { return name }
        guard let sku = texts[.accountSKU], let colon = sku.firstIndex(of: ":") else { return nil }
        return String(sku[..<colon])
    }

    /// - Throws: ``Flaw`` for what is not a whole number.
    func number(_ field: ExportField, _ name: String) throws -> Int? {
        guard let text = texts[field] else { return nil }
        guard let number = Int(text), (0...1_000_000_000).contains(number) else {
            throw Flaw(line: line, column: name, detail: "\(quoted(text)) is not a number of seats.")
        }
        return number
    }

    /// Something in the record that cannot be.
    struct Flaw: Error {
        let line: Int
        let column: String
        let detail: String
    }
}
