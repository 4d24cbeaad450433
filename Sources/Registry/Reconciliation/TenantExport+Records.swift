extension TenantExport {
    /// Takes a record in.
    /// - Returns: false where it is neither a user nor a SKU.
    /// - Throws: `ExportRecord.Flaw`.
    mutating func take(_ record: ExportRecord, _ names: inout [ExportedSKUName: Int]) throws -> Bool {
        if record.isUser {
            takeUser(record, &names)
        } else if let kind = record.skuKind {
            try takeSKU(record, kind)
        } else {
            return false
        }
        if let id = record.tenantID, !tenantIDs.contains(id) { tenantIDs.append(id) }
        if let name = record.accountName, !accountNames.contains(name), accountNames.count < 100 {
            accountNames.append(name)
        }
        return true
    }

    private mutating func takeUser(_ record: ExportRecord, _ names: inout [ExportedSKUName: Int]) {
        kinds.insert(.users)
        // Who was deleted holds nothing; the account can be brought back for 30 days.
        guard record[.deletedOn] == nil, let licenses = record.licenses, !licenses.isEmpty else { return }
        let user: UserPrincipalName
        do {
            user = try UserPrincipalName(record[.user] ?? "")
        } catch {
            unreadableUsers.append((record.line, error.detail))
            return
        }
        var skus: [Int] = []
        for license in licenses {
            let number = names[license] ?? heldSKUs.count
            if number == heldSKUs.count {
                heldSKUs.append(license)
                names[license] = number
            }
            if !skus.contains(number) { skus.append(number) }
        }
        users.append(ExportedUser(user: user, skus: skus, line: record.line))
    }

    private mutating func takeSKU(_ record: ExportRecord, _ kind: ExportKind) throws {
        kinds.insert(kind)
        var sku = ExportedSKU(kind: kind, name: record.skuName, line: record.line)
        sku.status = record[.status].flatMap { Self.status($0) }
        switch kind {
        case .subscriptions:
            let total = try record.number(.total, "totalLicenses") ?? 0
            sku.units = Self.units(total, sku.status ?? .enabled)
            sku.purchase = ExportedPurchase(
                startsOn: Self.day(record[.startsOn]),
                endsOn: Self.day(record[.endsOn]),
                isTrial: record[.isTrial]?.lowercased() == "true"
            )
        case .licenseDeployment:
            sku.units = try record.number(.sold, "licensesSold").map { ExportedUnits(enabled: $0) }
            sku.consumed = try record.number(.deployed, "licensesDeployed")
        case .licenseUsage:
            sku.consumed = try record.number(.qualified, "licensesQualified")
        case .subscribedSKUs, .users:
            sku.consumed = try record.number(.consumed, "consumedUnits")
            if let enabled = try record.number(.enabled, "enabled") {
                sku.units = ExportedUnits(
                    enabled: enabled,
                    warning: try record.number(.warning, "warning"),
                    suspended: try record.number(.suspended, "suspended"),
                    lockedOut: try record.number(.lockedOut, "lockedOut")
                )
            }
        }
        skus.append(sku)
    }

    private static func status(_ text: String) -> SeatBlockStatus? {
        SeatBlockStatus.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
    }

    private static func units(_ total: Int, _ status: SeatBlockStatus) -> ExportedUnits {
        ExportedUnits(
            enabled: status == .enabled ? total : 0,
            warning: status == .warning ? total : 0,
            suspended: status == .suspended ? total : 0,
            lockedOut: status == .lockedOut ? total : 0
        )
    }

    /// The day of an instant: `2026-11-01T00:00:00Z`.
    private static func day(_ text: String?) -> CalendarDate? {
        text.flatMap { CalendarDate($0.prefix(10)) }
    }
}
