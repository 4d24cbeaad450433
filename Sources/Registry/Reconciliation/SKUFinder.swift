/// Finds the SKUs that exports name: by part number, GUID or name, in whatever spelling.
struct SKUFinder: Sendable {
    private var byKey: [String: SKU] = [:]
    private var byGUID: [String: SKU] = [:]
    private var byName: [String: [SKU]] = [:]
    /// Of several SKUs of one name, those that are likely meant.
    private let preferred: Set<SKUPartNumber>

    /// What an export's name stands for.
    enum Found: Hashable, Sendable {
        case sku(SKU)
        /// The catalogue does not know it, or several by this name.
        case unknown(String, candidates: [SKUPartNumber])
    }

    init(_ skus: some Sequence<SKU>, preferring preferred: Set<SKUPartNumber>) {
        self.preferred = preferred
        for sku in skus {
            byKey[sku.partNumber.key] = sku
            for id in sku.skuIDs where byGUID[id] == nil { byGUID[id] = sku }
            for name in sku.displayNames { byName[Self.key(name), default: []].append(sku) }
        }
    }

    /// One SKU, or those that are joined by `+`.
    func find(_ name: ExportedSKUName) -> [Found] {
        if let joined = name.joined { return find(joined: joined) }
        if let id = name.skuID, let sku = byGUID[id] { return [.sku(sku)] }
        if let part = name.partNumber, let sku = sku(partNumber: part) { return [.sku(sku)] }
        if let text = name.displayName ?? name.partNumber, case .sku(let sku)? = find(text) { return [.sku(sku)] }
        let text = name.partNumber.map(Self.withoutAccount) ?? name.text
        return [find(text) ?? .unknown(text, candidates: [])]
    }

    /// Nil for what nothing is known by.
    private func find(_ text: String) -> Found? {
        if let sku = sku(partNumber: text) ?? SKU.guid(text).flatMap({ byGUID[$0] }) { return .sku(sku) }
        let named = byName[Self.key(text)] ?? []
        let likely = named.filter { preferred.contains($0.partNumber) }
        if let sku = named.count == 1 ? named.first : likely.count == 1 ? likely.first : nil { return .sku(sku) }
        return named.isEmpty ? nil : .unknown(text, candidates: named.map(\.partNumber))
    }

    private func sku(partNumber text: String) -> SKU? {
        byKey[Self.key(text)] ?? byKey[Self.key(Self.withoutAccount(text))]
    }

    /// Names may have a `+` of their own, so the longest known name is taken.
    private func find(joined text: String) -> [Found] {
        let parts = text.split(separator: "+").map(String.init)
        var found: [Found] = []
        var start = 0
        while start < parts.count {
            let end = (start + 1...parts.count).last { find(parts[start..<$0].joined(separator: "+")) != nil }
            let name = trimmingBlanks(parts[start..<(end ?? start + 1)].joined(separator: "+"))
            if !name.isEmpty { found += find(name).map { [$0] } ?? find(listed: name) }
            start = end ?? start + 1
        }
        return found
    }

    /// Scripts write commas or semicolons for the `+`.
    private func find(listed text: String) -> [Found] {
        let parts = text.split { ",;|".contains($0) }.map { trimmingBlanks($0) }.filter { !$0.isEmpty }
        let found = parts.compactMap(find)
        return parts.count > 1 && found.count == parts.count
            ? found : [.unknown(Self.withoutAccount(text), candidates: [])]
    }

    /// `contoso:ENTERPRISEPACK` is `ENTERPRISEPACK`.
    private static func withoutAccount(_ text: String) -> String {
        guard let colon = text.firstIndex(of: ":") else { return text }
        let rest = text[text.index(after: colon)...]
        return rest.isEmpty ? text : String(rest)
    }

    /// Case, and how blanks are written, do not matter.
    private static func key(_ text: String) -> String { SKUPartNumber(stored: text).key }
}
