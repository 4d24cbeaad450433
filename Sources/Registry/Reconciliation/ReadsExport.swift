/// A use case that takes an export, which is read before anybody has to wait for it.
protocol ReadsExport: TakesFile {
    /// What the file says, once it was read.
    var export: TenantExport? { get set }
}

extension ReadsExport {
    /// What it comes as; what it is shows in what it says.
    public static var mediaTypes: [String] {
        ["text/csv", "application/json", "text/plain", "application/octet-stream"]
    }

    /// The same, with its export read.
    /// - Throws: `Refusal` with `import.invalid`; who may not is denied before.
    func readingExport(
        through service: RegistryService,
        as caller: Caller,
        _ options: CommandOptions
    ) async throws -> Self {
        try await service.checkAccess(to: self, as: caller, requestID: options.requestID)
        var copy = self
        copy.export = try TenantExport.read(file)
        return copy
    }

    func requireExport() throws -> TenantExport { try export ?? TenantExport.read(file) }
}
