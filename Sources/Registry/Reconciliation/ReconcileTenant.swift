/// Holds what is recorded of a tenant against an export of one of Microsoft's tools. Changes nothing.
public struct ReconcileTenant: RegistryQuery, ReadsExport {
    public static let summary = "Compare a tenant's record with an export of Microsoft's tools"

    let tenant: TenantReference
    /// SKUs to leave out.
    var ignore: [SKUPartNumber]?
    /// Whether users are told also where the seats that they hold are yet to be recorded; nil for no.
    var adopt: Bool?
    /// The export, as it is; what it is shows in what it says.
    public var file: UploadedFile = .absent
    /// What it says, once it was read.
    var export: TenantExport?

    private enum CodingKeys: CodingKey {
        case tenant, ignore, adopt
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    /// Reads the export before the registry.
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<ReconciliationResource> {
        .severalSteps {
            let copy = try await readingExport(through: service, as: caller, options)
            return try await service.answer(copy, as: caller, requestID: options.requestID)
        }
    }

    public func answer(on tenant: Tenant, in context: QueryContext) throws -> ReconciliationResource {
        let export = try requireExport()
        let record = try context.reading.record(
            of: tenant,
            at: context.now,
            withHolders: export.kinds.contains(.users)
        )
        return ReconciliationResource(
            try Reconciliation(of: record, with: export, ignoring: ignore ?? [], adopting: adopt ?? false)
        )
    }
}
