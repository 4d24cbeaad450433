import ArgumentParser

struct RegistryNounCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry",
        abstract: "The registry as a whole.",
        subcommands: [
            RegistryCopyCommand.self,
            RegistryRotateKeyCommand.self,
            RegistryExportKeyCommand.self,
            RegistryImportKeyCommand.self,
        ]
    )
}
