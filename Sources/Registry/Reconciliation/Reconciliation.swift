/// The comparison of what the registry holds of a tenant with what an export shows: a function of the two.
struct Reconciliation {
    let record: TenantRecord
    let export: TenantExport
    /// SKUs that were asked to be left out, by ``SKUPartNumber/key``.
    let ignoring: Set<String>
    /// Whether users are told also where the seats are yet to be recorded.
    var isAdopting = false

    var differences: [ReconciliationDifference] = []
    var ignored: [ReconciliationResource.Ignored] = []
    var warnings: [Warning] = []

    /// - Throws: `Refusal` with `import.invalid` for an export of another tenant.
    init(of record: TenantRecord, with export: TenantExport, ignoring: [SKUPartNumber], adopting: Bool = false) throws {
        isAdopting = adopting
        self.record = record
        self.export = export
        self.ignoring = Set(ignoring.map(\.key))
        try compareTenant()
        compareSKUs()
        if export.kinds.contains(.users) { compareUsers() }
        warnOfGaps()
    }

    var domain: DomainName { record.tenant.domain }

    // MARK: The tenant

    private mutating func compareTenant() throws {
        guard export.tenantIDs.count <= 1 else {
            throw Refusal.export(
                "The file is of \(export.tenantIDs.count) tenants: "
                    + "\(export.tenantIDs.prefix(3).map(\.value).joined(separator: ", ")); give one file for each."
            )
        }
        guard let id = export.tenantIDs.first, id != record.tenant.id else { return }
        if let known = record.tenant.id {
            throw Refusal.export(
                "The file is of the tenant \(id); \(domain) is the tenant \(known). Nothing was compared."
            )
        }
        differences.append(
            ReconciliationDifference(
                .tenantIDUnknown,
                .setTenantID,
                tenantID: id,
                "The tenant's id is \(id) there, and is not recorded."
            )
        )
    }

    // MARK: What the comparison lacks

    private mutating func warnOfGaps() {
        func warn(_ code: String, _ detail: String) { warnings.append(Warning(code: code, rule: nil, detail: detail)) }
        if let gap = export.gap {
            let what =
                switch gap {
                case .nextPage: "The file names a next page, which it does not have"
                case .list: "The file has a single item, and no list"
                }
            warn("export.incomplete", "\(what): what is missing in it was not taken for gone.")
        }
        for unreadable in export.unreadableUsers.prefix(100) {
            warn("export.user-left-out", "Line \(unreadable.line) was left out: \(unreadable.detail)")
        }
        if export.unreadableUsers.count > 100 {
            warn("export.user-left-out", "\(export.unreadableUsers.count - 100) lines more were left out.")
        }
        let accounts = export.accountNames.map { $0.lowercased() }
        let own = record.tenant.domains.filter { $0.value.hasSuffix(".onmicrosoft.com") }
            .map { String($0.value.prefix { $0 != "." }) }
        if let account = accounts.first, !own.isEmpty, Set(accounts).isDisjoint(with: own) {
            warn(
                "export.account-differs",
                "The file calls the account \(quoted(account)), and \(domain) is another name: is it of this tenant?"
            )
        }
        if export.kinds.contains(.users), !export.users.isEmpty, !namesTenant {
            warn(
                "export.domains-differ",
                "No user of the file is in one of the tenant's domains: is it of this tenant? "
                    + "A domain that belongs to it is recorded by tokenctl tenant add-domain."
            )
        }
    }

    /// Whether the file says of itself that it is of this tenant, by an id or by a user's domain.
    var namesTenant: Bool {
        if let id = record.tenant.id, export.tenantIDs.contains(id) { return true }
        let domains = Set(record.tenant.domains)
        return export.users.contains { domains.contains($0.user.domain) }
    }
}
