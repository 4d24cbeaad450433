/// Holds what is recorded of a tenant against an export of one of Microsoft's tools. Changes nothing.
public struct ReconcileTenant: RegistryQuery, TakesFile {
    public static let summary = "Compare a tenant's record with an export of Microsoft's tools"
    public static let mediaTypes = TenantExport.mediaTypes

    let tenant: TenantReference
    /// SKUs to leave out.
    var ignore: [SKUPartNumber]?
    /// The export, as it is; what it is shows in what it says.
    public var file: UploadedFile = .absent
    /// What it says, once it was read.
    var export: TenantExport?

    private enum CodingKeys: CodingKey {
        case tenant, ignore
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    /// Reads the export before the registry.
    public func output(
        of service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> ReconciliationResource {
        var copy = self
        copy.export = try TenantExport.read(file)
        return try await service.answer(copy, as: caller, requestID: options.requestID)
    }

    public func answer(on tenant: Tenant, in context: QueryContext) throws -> ReconciliationResource {
        let export = try export ?? TenantExport.read(file)
        let record = try context.reading.record(
            of: tenant,
            at: context.now,
            withHolders: export.kinds.contains(.users)
        )
        return ReconciliationResource(try Reconciliation(of: record, with: export, ignoring: ignore ?? []))
    }
}
