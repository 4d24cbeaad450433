/// Records what an export shows of a tenant as far as that is safe: its id, and who holds a seat and who does not.
public struct ApplyReconciliation: RegistryCommand, ReadsExport {
    public static let action = "tenant.reconcile"
    public static let summary = "Record what an export shows of a tenant, as far as that is safe"

    let tenant: TenantReference
    /// SKUs to leave out.
    var ignore: [SKUPartNumber]?
    /// Where those who get a seat are; nil for the headquarters.
    var location: LocationID?
    /// What for; nil for internal use.
    var purpose: UsePurpose?
    /// Whether a user who is refused stops none but himself; by default all of it is done or nothing.
    var oneByOne: Bool?
    /// The export, as it is; what it is shows in what it says.
    public var file: UploadedFile = .absent
    /// What it says, once it was read.
    var export: TenantExport?

    private enum CodingKeys: CodingKey {
        case tenant, ignore, location, purpose, oneByOne
    }

    public var subjectOfRefusal: String { tenant.description }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    /// Reads the export before any write has to wait for it.
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<Performed<ReconciliationResource>> {
        .severalSteps {
            let copy = try await readingExport(through: service, as: caller, options)
            return Performed(try await service.perform(copy, as: caller, options: options), isDryRun: options.isDryRun)
        }
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> ReconciliationResource {
        let export = try requireExport()
        let transaction = context.transaction
        let record = try transaction.record(
            of: tenant,
            at: context.now,
            withHolders: export.kinds.contains(.users)
        )
        let comparison = try Reconciliation(of: record, with: export, ignoring: ignore ?? [])
        try requireSameTenant(comparison)
        let batch = SeatBatch(
            context: context,
            tenant: tenant,
            organization: record.organization,
            location: try transaction.requireLocation(location ?? Location.headquartersID, of: tenant.organizationID),
            purpose: purpose ?? .internalUse,
            day: record.day
        )
        var applied = ReconciliationResource.Applied()
        var refused: [SeatBatch.Refused] = []
        // Who leaves makes room for who comes.
        let order: [ReconciliationDifference.Settlement] = [.setTenantID, .release, .assign]
        for settlement in order {
            for difference in comparison.differences where difference.settlement == settlement {
                if let id = difference.tenantId {
                    try SetTenantID.record(id, of: tenant, in: context)
                    applied.tenantId = true
                    continue
                }
                guard let part = difference.skuPartNumber else { continue }
                let users = difference.userPrincipalNames
                let sku = try transaction.requireSKU(part)
                let more = try settlement == .assign ? batch.assign(users, sku) : batch.release(users, sku)
                refused += more
                if settlement == .assign {
                    applied.assigned += users.count - more.count
                } else {
                    applied.released += users.count - more.count
                }
            }
        }
        if oneByOne != true { try refuse(refused, of: export) }
        applied.refused = refused.map(ReconciliationResource.Refused.init)
        if applied.tenantId || applied.assigned > 0 || applied.released > 0 {
            try context.record(
                Self.action,
                subject: tenant.domain,
                changes: [
                    "tenantDomain": tenant.domain, "assigned": applied.assigned, "released": applied.released,
                    "refused": refused.count, "digest": file.digest,
                ]
            )
        }
        var answer = ReconciliationResource(comparison)
        if applied.tenantId { answer.tenantId = export.tenantIDs.first }
        answer.applied = applied
        let left = Dictionary(grouping: refused) { $0.sku }.mapValues { Set($0.map(\.user)) }
        answer.differences = comparison.differences.compactMap { $0.remaining(of: left) }
        return answer
    }

    /// Users of another tenant would take everybody's seat away here.
    private func requireSameTenant(_ comparison: Reconciliation) throws {
        let changesUsers = comparison.differences.contains { !$0.userPrincipalNames.isEmpty }
        guard changesUsers, !comparison.namesTenant else { return }
        let domain = comparison.record.tenant.domain
        throw Refusal.export(
            "Nothing in the file says that it is of \(domain): no user is in one of the tenant's domains. Record the domain "
                + "first, with tokenctl tenant add-domain; nothing was changed."
        )
    }

    /// - Throws: `Refusal` that names everybody who was refused, with their own code and rule where all have the same.
    private func refuse(_ refused: [SeatBatch.Refused], of export: TenantExport) throws {
        guard let first = refused.first?.refusal else { return }
        let isUniform = refused.allSatisfy { $0.refusal.code == first.code }
        let lines = Dictionary(export.users.map { ($0.user, $0.line) }) { one, _ in one }
        throw Refusal(
            isUniform ? first.code : .importInvalid,
            rule: isUniform ? first.rule : nil,
            "\(refused.count == 1 ? "\(refused[0].user) stops it" : "\(refused.count) users stop it"); nothing was recorded."
                + (isUniform ? " \(first.detail)" : ""),
            facts: ["problemCount": refused.count] + (isUniform ? first.facts : [:]),
            inputProblems: refused.map { one in
                InputProblem(
                    row: lines[one.user] ?? 0,
                    column: nil,
                    code: one.refusal.code,
                    rule: one.refusal.rule,
                    detail: "\(one.user): \(one.refusal.detail)"
                )
            }.sorted { ($0.row, $0.detail) < ($1.row, $1.detail) }
        )
    }
}

extension ReconciliationDifference {
    /// What is left of it when all but these users were recorded; nil for nothing.
    fileprivate func remaining(of left: [SKUPartNumber: Set<UserPrincipalName>]) -> ReconciliationDifference? {
        guard isSafe else { return self }
        let users = userPrincipalNames.filter { user in skuPartNumber.flatMap { left[$0]?.contains(user) } ?? false }
        guard !users.isEmpty, let skuPartNumber else { return nil }
        var difference = self
        difference.userPrincipalNames = users
        difference.detail = Self.sentence(code, users, skuPartNumber)
        return difference
    }
}
