import Testing

@testable import Registry
@testable import RegistryAPI
@testable import RegistryServer

/// Every text of every operation is asked for with characters that nobody can see. Made from the endpoint table, so that
/// no text is forgotten.
@Suite("Unseen characters are not kept, and not sent")
struct HostileTextTests {
    private static let hostile = "x\u{9B}31m\u{202E}\u{200B}\u{2028}y"

    @Test("No text of any operation brings an unseen character into the ledger, or back to the caller")
    func operations() async throws {
        try await IntruderTests.withTwoOrganizations { daemon in
            for entry in EndpointTable.all {
                guard case .object(let input) = try WireShape.of(entry.input) else { continue }
                for field in input.fields {
                    var ids = IntruderTests.own
                    ids[field.name] = Self.hostile
                    let request = try IntruderTests.request(entry, ids, key: entry.showsSecret ? nil : "\(field.name)")
                    let answer = try await RawClient.ask(daemon.socketPath, request)
                    let place = "\(entry.route.name) \(field.name): \(answer.status) \(answer.body)"
                    #expect(answer.status < 500, "\(place)")
                    #expect(!answer.body.unicodeScalars.contains { $0 != "\n" && $0.isUnseen }, "\(place)")
                }
            }
            let list = RawClient.post(
                "/v1/skus/import",
                "Product_Display_Name,String_Id,GUID\nNew,NEW,6fd2c87f-b296-42f0-b197-1e91e994b9ff\n",
                type: "text/csv",
                headers: "Content-Disposition: attachment; filename*=UTF-8''a%E2%80%AEb.csv\r\n"
            )
            let imported = try await RawClient.ask(daemon.socketPath, list)
            #expect(imported.status == 200, "\(imported.body)")
            let rows = try await daemon.service.store.read(within: nil) {
                try $0.auditEntries(.all, after: .beginning, limit: 10_000)
            }
            for row in rows {
                #expect(!"\(row.subject)\(row.changes)".unicodeScalars.contains(where: { $0.isUnseen }), "\(row)")
            }
        }
    }
}
