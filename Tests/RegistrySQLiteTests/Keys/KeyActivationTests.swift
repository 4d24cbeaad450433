import Testing

@testable import Registry

@Suite("Activating machines with product keys")
struct KeyActivationTests {
    private let pc = KeptText(stored: "pc")

    @Test("R24: the last activation of a count is given, and the next is refused and recorded")
    func count() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(activations: 2)
            #expect(try await registry.activate(key, "a").activationsLeft == 1)
            #expect(try await registry.activate(key, "b").activationsLeft == 0)
            let refused = try await refusal { try await registry.activate(key, "c") }
            #expect(refused?.code == .activationsExhausted)
            #expect(refused?.rule == .r24)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM key_activations") == 2)
            let last = try registry.value(
                String.self,
                "SELECT action FROM audit ORDER BY seal DESC, sequence DESC LIMIT 1"
            )
            #expect(last == "key.activate-refused")
        }
    }

    @Test("R24: a key without a count never runs out")
    func withoutCount() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(product: "Visual Studio", activations: nil)
            for machine in 0..<20 {
                #expect(try await registry.activate(key, "pc\(machine)").activationsLeft == nil)
            }
        }
    }

    @Test("R24: activations raced from 32 threads never pass the count")
    func race() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(activations: 100)
            let given = try await withThrowingTaskGroup(of: Int.self) { group in
                for thread in 0..<32 {
                    group.addTask {
                        var given = 0
                        for machine in 0..<10 {
                            let refused = try await refusal {
                                try await registry.activate(key, "pc-\(thread)-\(machine)")
                            }
                            #expect(refused == nil || refused?.code == .activationsExhausted)
                            if refused == nil { given += 1 }
                        }
                        return given
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(given == 100)
            #expect(try registry.value(Int.self, "SELECT count(*) FROM key_activations WHERE consumed = 1") == 100)
        }
    }

    @Test("R25: under an Action Pack a new machine and changed hardware count, and unchanged hardware does not")
    func actionPack() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(program: "action-pack", activations: 3)
            let steps: [(machine: String, hardware: String?, count: ActivationCount, left: Int)] = [
                ("pc", "board-1", .newMachine, 2),
                ("pc", "board-1", .sameHardware, 2),
                // A machine's name is the same in either case.
                ("PC", "board-1", .sameHardware, 2),
                ("pc", "board-2", .changedHardware, 1),
                ("laptop", nil, .newMachine, 0),
                ("laptop", nil, .sameHardware, 0),
                ("pc", "board-2", .sameHardware, 0),
            ]
            for step in steps {
                let answer = try await registry.activate(key, step.machine, hardware: step.hardware)
                #expect(answer.reason == step.count)
                #expect(answer.activationsLeft == step.left)
            }
            // Nothing is left: only what counts is refused.
            let refused = try await refusal { try await registry.activate(key, "pc", hardware: "board-1") }
            #expect(refused?.code == .activationsExhausted)
            #expect(try await registry.activate(key, "pc", hardware: "board-2").reason == .sameHardware)
        }
    }

    @Test("R26: under a competency the same machine counts every time, and when it is first reimaged there is advice")
    func competency() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(activations: 4)
            for (left, advice) in [(3, []), (2, [Rule.r26]), (1, [.r26])] {
                let answer = try await registry.activate(key, "lab", hardware: "board-1")
                #expect(answer.reason == .everyActivation)
                #expect(answer.activationsLeft == left)
                #expect(answer.warnings.map(\.rule) == advice)
            }
            let view = try await registry.answer(ShowKey(key: key))
            #expect(view.reimagedOften == [MachineActivations(machine: "lab", activations: 3)])
            #expect(view.activationsUsed == 3)
        }
    }

    @Test("R26: activations more than a year apart are not often")
    func seldom() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization()
            try await registry.addEnrollment("E0", start: "2025-01-01")
            try await registry.addEnrollment("E1", start: "2026-01-01")
            try await registry.importKeys("key,product,activations\n\(testKey),windows-server,9\n", of: "E0")
            let key = ProductKeyID(number: 1)
            try await registry.activate(key, "lab", on: "2025-03-02")
            #expect(try await registry.activate(key, "lab", on: "2026-03-02").warnings.isEmpty)
            #expect(try await registry.activate(key, "lab", on: "2026-03-02").warnings.count == 1)
        }
    }

    @Test("R22: a Windows client names what the machine had; a home edition is refused, silence is warned of")
    func qualifying() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(product: "windows-client", activations: 5)
            let home = try await refusal { try await registry.activate(key, "pc", license: "Windows 7 Home Premium") }
            #expect(home?.code == .licenseNotAllowed)
            #expect(home?.rule == .r22)
            let unnamed = try await registry.activate(key, "pc")
            #expect(unnamed.warnings.map(\.code) == ["license.qualifying-unknown"])
            let named = try await registry.activate(key, "pc2", license: "windows 7 professional")
            #expect(named.qualifyingLicense == .windows7Professional)
            #expect(named.warnings.isEmpty)
            // What a machine had is remembered.
            let again = try await registry.activate(key, "pc2")
            #expect(again.qualifyingLicense == .windows7Professional)
        }
    }

    @Test("R28: activating with a token is refused with what it is, and uses nothing up")
    func token() async throws {
        try await withTestRegistry { registry in
            let token = try await registry.addContoso()
            let code = try await registry.code(of: token)
            let command = ActivateKey(code: code, machine: pc)
            let refused = try await refusal { try await registry.perform(command) }
            #expect(refused?.code == .keyIsToken)
            #expect(refused?.rule == .r28)
            // Who may know of nothing is not told what it is.
            let stranger = try await refusal { try await registry.perform(command, as: registry.caller("eve")) }
            #expect(stranger?.code == .keyNotFound)
            try await registry.redeem(token)
        }
    }

    @Test("A key is named by its code too")
    func byCode() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey(activations: 2)
            let code = try ActivationCode(parsing: testKey.lowercased())
            let answer = try await registry.perform(ActivateKey(code: code, machine: pc))
            #expect(answer.keyId == key)
            #expect(answer.activationsLeft == 1)
        }
    }

    @Test("R08, R10: an Action Pack's key stays in use under a competency, and in use of nothing at all is refused")
    func afterTheYear() async throws {
        try await withTestRegistry { registry in
            try await registry.addOrganization(portal: .membershipCenter)
            try await registry.addEnrollment("AP", program: "action-pack", start: "2025-03-02")
            try await registry.importKeys("key,product,activations\n\(testKey),windows-server,9\n", of: "AP")
            let key = ProductKeyID(number: 1)
            try await registry.activate(key, "a", on: "2026-03-01")
            let refused = try await refusal { try await registry.activate(key, "b", on: "2026-03-02") }
            #expect(refused?.code == .licenseNotAllowed)
            #expect(refused?.rule == .r10)
            let early = try await refusal { try await registry.activate(key, "b", on: "2025-03-01") }
            #expect(early?.code == .dateTooEarly)
            try await registry.addEnrollment("SILVER", start: "2026-02-01")
            try await registry.activate(key, "b", on: "2026-03-02")
        }
    }

    @Test("R21: a virtual machine elsewhere needs access for the organisation alone")
    func virtualMachine() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey()
            let open = ActivateKey(key: key, machine: pc, host: .azure)
            let refused = try await refusal { try await registry.perform(open) }
            #expect(refused?.code == .licenseNotAllowed)
            #expect(refused?.rule == .r21)
            let closed = ActivateKey(key: key, machine: pc, host: .azure, partnerOnlyAccess: true)
            #expect(try await registry.perform(closed).warnings.map(\.rule) == [.r21])
        }
    }

    @Test("R14: only who may install software records an activation")
    func access() async throws {
        try await withTestRegistry { registry in
            let key = try await registry.addKey()
            let denied = try await refusal {
                try await registry.perform(ActivateKey(key: key, machine: pc), as: registry.caller("eve"))
            }
            #expect(denied?.code == .keyNotFound)
            try registry.sql(
                """
                INSERT INTO access_grants (organization, principal, permission, valid_from, granted_by)
                VALUES (1, 'user:anna', 'software', 0, 'user:owner')
                """
            )
            try await registry.perform(ActivateKey(key: key, machine: pc), as: registry.caller("anna"))
        }
    }
}

extension TestRegistry {
    @discardableResult
    func activate(
        _ key: ProductKeyID,
        _ machine: String,
        hardware: String? = nil,
        license: String? = nil,
        on day: String? = nil
    ) async throws -> ActivatedKeyResource {
        try await perform(
            ActivateKey(
                key: key,
                machine: KeptText(stored: machine),
                hardware: hardware.map(KeptText.init(stored:)),
                qualifyingLicense: license.map(KeptText.init(stored:)),
                on: day.map(date)
            )
        )
    }
}
