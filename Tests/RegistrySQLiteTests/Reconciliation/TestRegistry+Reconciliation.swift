@testable import Registry

extension TestRegistry {
    static let e3 = "6fd2c87f-b296-42f0-b197-1e91e994b900"
    static let tenantGUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"

    static func file(_ text: String) -> UploadedFile {
        let bytes = Array(text.utf8)
        return UploadedFile(name: "export", digest: "test") { OneChunk(bytes: bytes) }
    }

    /// Compares a tenant with the text of an export.
    func reconcile(
        _ text: String,
        tenant: String = "contoso.onmicrosoft.com",
        ignore: [String] = [],
        as caller: Caller = TestRegistry.owner
    ) async throws -> ReconciliationResource {
        let query = ReconcileTenant(
            tenant: try TenantReference(tenant),
            ignore: ignore.map(SKUPartNumber.init(stored:)),
            file: Self.file(text)
        )
        return try await query.course(through: service, as: caller, options: options()).output()
    }

    /// Records what the text of an export shows, as far as that is safe.
    func applyReconciliation(
        _ text: String,
        tenant: String = "contoso.onmicrosoft.com",
        location: String? = nil,
        purpose: UsePurpose? = nil,
        oneByOne: Bool? = nil,
        dryRun: Bool = false,
        key: String? = nil,
        as caller: Caller = TestRegistry.owner
    ) async throws -> ReconciliationResource {
        let command = ApplyReconciliation(
            tenant: try TenantReference(tenant),
            location: location.map(LocationID.init(stored:)),
            purpose: purpose,
            oneByOne: oneByOne,
            file: Self.file(text)
        )
        return try await command.course(through: service, as: caller, options: options(dryRun: dryRun, key: key))
            .output().answer
    }

    /// Graph's `subscribedSkus` with one SKU.
    static func subscribed(
        _ sku: String = "ENTERPRISEPACK",
        enabled: Int,
        warning: Int = 0,
        suspended: Int = 0,
        consumed: Int = 0,
        tenantID: String? = nil
    ) -> String {
        let id = tenantID.map { "\"id\": \"\($0)_\(e3)\"," } ?? ""
        return """
            {"value": [{"skuPartNumber": "\(sku)", \(id) "consumedUnits": \(consumed), "capabilityStatus": "Enabled",
            "prepaidUnits": {"enabled": \(enabled), "warning": \(warning), "suspended": \(suspended)}}]}
            """
    }

    /// The admin centre's list of users, all with the same licences.
    static func users(_ names: [String], licenses: String = "Office 365 E3") -> String {
        "User principal name,Licenses\n" + names.map { "\($0),\(licenses)\n" }.joined()
    }
}

extension ReconciliationResource {
    var causes: [ReconciliationDifference.Cause] { differences.map(\.code) }
}
