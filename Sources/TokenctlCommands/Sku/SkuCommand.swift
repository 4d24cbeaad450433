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

struct SkuListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the SKUs that are known.")

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        try await shell.printer.print { cursor in
            let page = try await shell.call(ListSKUsOperation.self, .init(after: cursor))
            return (page.items, page.next)
        }
    }
}

struct SkuShowCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a SKU.")

    @Argument(help: ArgumentHelp("The SKU's part number.", valueName: "sku"))
    var sku: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(try await shell.call(ShowSKUOperation.self, .init(sku: sku)))
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
            try await shell.upload(
                ImportSKUsOperation.self,
                NoInput(),
                file: try UploadedFile(path: file),
                try shell.options(write)
            )
        )
    }
}

extension SKUResource: Tabular {
    static var columns: [Column<SKUResource>] {
        [
            Column("skuPartNumber", "PART NUMBER") { $0.skuPartNumber },
            Column("skuId", "SKU ID", optional: { $0.skuId }),
            Column("skuIds", nil) { $0.skuIds.joined(separator: " ") },
            Column("family", "FAMILY") { $0.family ?? "unknown" },
            Column("mayShareTenant", "MAY SHARE") { $0.mayShareTenant.map { $0 ? "yes" : "no" } ?? "unknown" },
            Column("displayNames", "NAME") { $0.displayNames.joined(separator: "; ") },
        ]
    }
}

extension SKUImportResource: Tabular {
    static var columns: [Column<SKUImportResource>] {
        [
            Column("added", "ADDED", number: { $0.added }),
            Column("updated", "UPDATED", number: { $0.updated }),
            Column("unchanged", "UNCHANGED", number: { $0.unchanged }),
            Column("withoutFamily", "WITHOUT A FAMILY") { $0.withoutFamily.joined(separator: ", ") },
        ]
    }
}
