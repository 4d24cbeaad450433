@testable import Registry

extension TestRegistry {
    /// Imports product keys from CSV text with the columns `key,product,activations`.
    @discardableResult
    func importKeys(
        _ csv: String,
        of enrollment: String = "E1",
        source: ProductKey.Source = .program,
        as caller: Caller = TestRegistry.owner
    ) async throws -> KeyImportResource {
        let bytes = Array(csv.utf8)
        return try await perform(
            ImportKeys(
                enrollment: EnrollmentID(stored: enrollment),
                source: source,
                file: UploadedFile(name: "keys.csv", digest: "test") { OneChunk(bytes: bytes) }
            ),
            as: caller
        )
    }

    /// An organisation with an enrollment and one product key.
    @discardableResult
    func addKey(
        program: String = "silver-competency",
        product: String = "windows-server",
        activations: Int? = 10
    ) async throws -> ProductKeyID {
        try await addOrganization()
        try await addEnrollment("E1", program: program)
        let count = activations.map(String.init) ?? ""
        let imported = try await importKeys("key,product,activations\n\(testKey),\(product),\(count)\n")
        guard let key = imported.firstKeyId else { preconditionFailure("the file has a row") }
        return key
    }
}

/// A code that no registry minted.
let testKey = "BCDFG-HJKMP-QRTVW-XY234-6789B"
