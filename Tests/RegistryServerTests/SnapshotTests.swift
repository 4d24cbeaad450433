import Foundation
import RegistryAPI
import Testing

@testable import Registry

@Suite("Lists of many pages")
struct SnapshotTests {
    @Test("Without a daemon, all pages of a list are of one state")
    func pages() async throws {
        try await withDaemon { daemon in
            for id in ["a", "b", "c"] { _ = try await daemon.perform(try daemon.organization(id)) }
            let connection = DirectConnection(service: daemon.service, caller: TestDaemon.owner) {}
            let options = CommandOptions(requestID: "r")
            var listed: [String] = []
            var isFirst = true
            try await connection.pages(of: ListOrganizations.self, ["limit": 1], options) { page in
                listed += page.items.map(\.id.value)
                guard isFirst else { return }
                isFirst = false
                let added = DispatchSemaphore(value: 0)
                Thread.detachNewThread {
                    Task {
                        _ = try? await daemon.perform(try daemon.organization("d"))
                        added.signal()
                    }
                }
                added.wait()
            }
            #expect(listed == ["a", "b", "c"])
            listed = []
            try await connection.pages(of: ListOrganizations.self, ["limit": 1], options) { page in
                listed += page.items.map(\.id.value)
            }
            #expect(listed == ["a", "b", "c", "d"])
        }
    }
}
