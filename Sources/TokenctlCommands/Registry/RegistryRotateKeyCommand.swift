import ArgumentParser
import Registry
import RegistryEngines

struct RegistryRotateKeyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-key",
        abstract: "Seal every code with a new key.",
        discussion: """
            The new key is put into the key's file, then new codes are sealed with it, then the codes that are there, a \
            batch at a time. Codes can be opened meanwhile, and others write between two batches; a daemon may go on \
            running. Whatever stops it, run it again: it goes on. What codes are found by does not change.

            The earlier keys stay in the file, since backups from before are sealed with them. Make a new copy of the key \
            ('tokenctl registry export-key') afterwards.

            A registry on PostgreSQL may be used by other hosts, and each needs the new key first: make it with --prepare, \
            bring every host's copy up to date, and run this again without it.
            """
    )

    @Flag(name: .customLong("prepare"), help: "Only make the new key and put it into the file; use it for nothing yet.")
    var prepares = false

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let place = try await shell.registryPlaceInUse()
        let registry = try place.open(onNotice: shell.notice)
        defer { registry.close() }
        let (caller, requestID) = (Shell.localCaller(place), shell.options().requestID)
        if prepares {
            let number = try await registry.prepareKeyRotation(by: caller, clock: shell.clock, requestID: requestID)
            shell.printer.print(PreparedKey(key: registry.keyFile.path, sealingKey: number))
            shell.note(
                "Bring the other hosts' copies of \(registry.keyFile.path) up to date, then run 'tokenctl registry rotate-key'."
            )
            return
        }
        let answer = try await registry.rotateKey(by: caller, clock: shell.clock, requestID: requestID) { step in
            if case .begun(let number) = step { shell.note("New codes are sealed with key \(number) now.") }
        }
        shell.printer.print(answer)
        shell.note(
            "\(registry.keyFile.path) has changed: make a new copy of it with 'tokenctl registry export-key FILE'."
        )
    }
}

/// A sealing key that nothing is sealed with yet.
struct PreparedKey: Codable, Hashable, Sendable {
    let key: String
    let sealingKey: Int
}

extension PreparedKey: Row {
    static let rowStyle = RowStyle(headings: ["key": "KEY FILE", "sealingKey": "SEALING KEY"])
}

extension KeyRotationResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "sealingKey": "SEALING KEY", "codes": "CODES SEALED ANEW", "begunAt": "BEGUN", "endedAt": "ENDED",
        ]
    )
}
