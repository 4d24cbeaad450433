import ArgumentParser
import Registry
import RegistryAPI

struct SkuCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sku",
        abstract: "The SKU catalogue.",
        subcommands: [SkuListCommand.self, SkuShowCommand.self, SkuImportCommand.self]
    )
}

struct SkuListCommand: ListingCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the SKUs that are known.")

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.list(ListSKUs.self, [:])
    }
}

struct SkuShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a SKU.")

    @Argument(help: ArgumentHelp("The SKU's part number.", valueName: "sku"))
    var sku: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ShowSKU.self, ["sku": sku]))
    }
}

struct SkuImportCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import Microsoft's published list of SKUs.",
        discussion: """
            Takes the CSV of product names and service plan identifiers as Microsoft publishes it, one row for each \
            service plan. What was known of a SKU before is replaced; a SKU whose family cannot be told is kept, and \
            refused by R39 until it is known.
            """
    )

    @Argument(help: ArgumentHelp("The CSV file, or - for standard input.", valueName: "file"))
    var file: String

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(
            try await shell.call(ImportSKUs.self, [:], file: try UploadedFile(path: file), shell.options(write))
        )
    }
}

extension SKUResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "skuPartNumber": "PART NUMBER", "skuId": "SKU ID", "mayShareTenant": "MAY SHARE", "displayNames": "NAME",
        ],
        hidden: ["skuIds"],
        texts: [
            "family": orUnknown,
            "mayShareTenant": orUnknown,
            "displayNames": { $0.items.map(\.cellText).joined(separator: "; ") },
        ]
    )

    private static let orUnknown: @Sendable (WireValue) -> String = {
        if case .null = $0 { "unknown" } else { $0.cellText }
    }
}

extension SKUImportResource: Row {
    static let rowStyle = RowStyle(
        headings: ["withoutFamily": "WITHOUT A FAMILY"],
        hidden: ["dryRun"],
        texts: ["withoutFamily": { $0.items.map(\.cellText).joined(separator: ", ") }]
    )
}
