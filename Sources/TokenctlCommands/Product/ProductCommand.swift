import ArgumentParser
import Registry
import RegistryAPI

struct ProductCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product",
        abstract: "Product versions, and installations that must be upgraded (R07).",
        subcommands: [ProductListCommand.self, ProductVersionCommand.self, ProductInstallationsCommand.self]
    )
}

struct ProductVersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Versions of a product.",
        subcommands: [ProductVersionAddCommand.self]
    )
}

struct ProductListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the versions of products, with the day each came into the programme."
    )

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print(list: shell.call(ListProductVersions.self, [:]))
    }
}

struct ProductVersionAddCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Record when a version of a product came into the programme."
    )

    @Argument(help: "The product, by the name its keys have, such as windows-client.")
    var product: String

    @Argument(help: "The version.")
    var newVersion: String

    @Option(help: ArgumentHelp("The day it came into the programme.", valueName: "date"))
    var on: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let fields: WireValue = ["product": product, "version": newVersion, "on": on]
        shell.printer.print(try await shell.call(AddProductVersion.self, fields, shell.options(write)))
    }
}

extension ProductVersion: Row {
    static let rowStyle = RowStyle(hidden: ["dryRun"])
}
