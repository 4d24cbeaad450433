import Foundation
import Testing

@testable import Registry
@testable import RegistrySQL
@testable import RegistrySQLite

@Suite("Codes are secrets", .onSQLite)
struct SecretsTests {
    @Test("No file of the registry, nor a backup, holds a code in any form")
    func noCodeInAnyFile() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.signUp()
            let minted = try await registry.addEnrollment("G", program: "gold-competency").tokens
            var codes: [ActivationCode] = []
            let imported = try (0..<20).map { index in
                try ActivationCode(
                    parsing:
                        "QW2RT-YPD4F-GH6JK-XC8VB-\(["BCDF", "GHJK", "MPQR", "TVWX"][index % 4])\(Array("2346789BC")[index / 4])"
                )
            }
            let rows = imported.map { "\($0.revealed.lowercased()),ENTERPRISEPACK,5" }.joined(separator: "\n")
            try await registry.importTokens("code,sku,seats\n\(rows)\n", of: "G", overrides: [.r12])
            codes += imported
            for token in minted { codes.append(try await registry.code(of: token)) }
            // By code: redeemed, redeemed again, unknown, with an idempotency key.
            for (index, code) in codes.prefix(4).enumerated() {
                let command = RedeemToken(
                    code: code,
                    tenant: try TenantReference("contoso.onmicrosoft.com"),
                    on: nil,
                    intent: .add
                )
                try await registry.perform(command, key: "key\(index)")
                let error = try await refusal { try await registry.perform(command) }
                #expect(error?.code == .tokenAlreadyRedeemed)
            }
            let unknown = ActivationCode.minted(with: SeededRandomSource(seed: 99))
            let error = try await refusal {
                try await registry.perform(
                    RedeemToken(
                        code: unknown,
                        tenant: try TenantReference("contoso.onmicrosoft.com"),
                        on: nil,
                        intent: .add
                    ),
                    key: "unknown"
                )
            }
            #expect(error?.code == .tokenNotFound)
            codes.append(unknown)
            _ = try registry.sqlite.backup(to: "\(registry.directory.path)/backup.db")

            let files = try filesWhileOpen(registry)
            #expect(files.contains { $0.name == "registry.db" && $0.bytes.count > 4_096 })
            #expect(files.contains { $0.name == "registry.db-wal" && !$0.bytes.isEmpty })
            #expect(files.contains { $0.name == "backup.db" && $0.bytes.count > 4_096 })
            // The search itself works: what may be shown is there.
            #expect(files.contains { $0.bytes.range(of: Data(imported[0].lastGroup.utf8)) != nil })
            for code in codes {
                for form in Self.forms(of: code) {
                    for file in files {
                        #expect(file.bytes.range(of: Data(form.utf8)) == nil, "\(code) in \(file.name)")
                    }
                }
            }
        }
    }

    /// Every way in which the code, or its first four groups, could stand somewhere.
    private static func forms(of code: ActivationCode) -> [String] {
        let dashed = code.revealed
        let head = String(dashed.prefix(23))
        let texts = [
            dashed, code.normalForm, head, head.replacingOccurrences(of: "-", with: ""),
            dashed.replacingOccurrences(of: "-", with: " "),
        ]
        return texts + texts.map { $0.lowercased() }
    }

    /// The bytes of all files but the key, as they are while the registry is open.
    private func filesWhileOpen(_ registry: TestRegistry) throws -> [(name: String, bytes: Data)] {
        let copies = "\(registry.directory.path)/copies"
        try FileManager.default.createDirectory(atPath: copies, withIntermediateDirectories: true)
        return try FileManager.default.contentsOfDirectory(atPath: registry.directory.path)
            .filter { $0 != "copies" && $0 != "registry.key" }
            .map { name in
                let copying = try Process.run(
                    URL(fileURLWithPath: "/bin/cp"),
                    arguments: ["\(registry.directory.path)/\(name)", "\(copies)/\(name)"]
                )
                copying.waitUntilExit()
                return (name, try Data(contentsOf: URL(fileURLWithPath: "\(copies)/\(name)")))
            }
    }

    @Test("A sealed code is opened by the key that sealed it, and by no other")
    func keys() throws {
        let code = try ActivationCode(parsing: "BCDFG-HJKMP-QRTVW-XY234-6789B")
        let box = SealedBox(key: RegistryKey(master: Array(repeating: 1, count: 32), origin: "test"))
        let other = SealedBox(key: RegistryKey(master: Array(repeating: 2, count: 32), origin: "test"))
        let sealed = try box.seal(code)
        #expect(try box.open(sealed) == code)
        #expect(throws: Refusal.self) { try other.open(sealed) }
        #expect(box.lookup(for: code) == sealed.lookup)
        #expect(other.lookup(for: code) != sealed.lookup)
        #expect(try box.seal(code).bytes != sealed.bytes, "the same code is sealed another way each time")
    }

    @Test("A sealed code that is put under another token's digest is not opened")
    func swapped() throws {
        let box = SealedBox(key: RegistryKey(master: Array(repeating: 1, count: 32), origin: "test"))
        let one = try box.seal(ActivationCode(parsing: "BCDFG-HJKMP-QRTVW-XY234-6789B"))
        let two = try box.seal(ActivationCode(parsing: "BCDFG-HJKMP-QRTVW-XY234-6789C"))
        #expect(throws: Refusal.self) {
            try box.open(SealedCode(bytes: one.bytes, lookup: two.lookup, lastGroup: two.lastGroup))
        }
    }
}
