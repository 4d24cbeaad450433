import ArgumentParser
import Registry
import RegistryAPI

struct KeyActivateCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate",
        abstract: "Record that a machine was activated with a product key.",
        discussion: """
            A key has a finite number of activations (R24). Under the Action Pack a new machine or changed hardware \
            takes one activation, and the same machine with the same hardware none (R25); under a competency every \
            activation takes one (R26).
            """
    )

    @Argument(help: ArgumentHelp("The key's id, such as K7, its 5x5 code, or - for standard input.", valueName: "key"))
    var key: String?

    @Option(help: ArgumentHelp("A file with the key's code.", valueName: "file"))
    var codeFile: String?

    @Option(help: ArgumentHelp("What you call the machine.", valueName: "id"))
    var machine: String

    @Option(help: ArgumentHelp("A fingerprint of its hardware, to detect when that changes.", valueName: "fingerprint"))
    var hardware: String?

    @Option(
        help: ArgumentHelp(
            "For Windows client: what the machine came with, such as \"Windows 7 Professional\" (R22).",
            valueName: "license"
        )
    )
    var qualifyingLicense: String?

    @Option(help: ArgumentHelp("The version that was installed (default: the key's).", valueName: "version"))
    var installedVersion: String?

    @Option(
        help: ArgumentHelp("Where a virtual machine runs: azure or mobility-partner (R21).", valueName: "host")
    )
    var virtualMachineHost: String?

    @Flag(help: "Only the organisation has access to the virtual machine (R21).")
    var partnerOnlyAccess = false

    @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "date"))
    var on: String?

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let id = key.flatMap { ProductKeyID($0) }
        let code = try shell.code(argument: id == nil ? key : nil, file: codeFile)
        guard (code == nil) != (id == nil) else {
            throw UsageError(
                "Give either the product key's id or its code.",
                hint: "tokenctl key activate K7 --machine ID"
            )
        }
        let fields: WireValue = [
            "code": code, "key": id?.description, "machine": machine, "hardware": hardware,
            "qualifyingLicense": qualifyingLicense, "version": installedVersion, "host": virtualMachineHost,
            "partnerOnlyAccess": partnerOnlyAccess, "on": on,
        ]
        let activation = try await shell.call(ActivateKey.self, fields, shell.options(write))
        shell.warn(activation.warnings)
        shell.printer.print(activation)
    }
}

extension ActivatedKeyResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "id": "ACTIVATION", "consumed": "COUNTS", "activationsLeft": "LEFT",
            "qualifyingLicense": "QUALIFYING LICENCE",
        ],
        hidden: ["host"]
    )
}
