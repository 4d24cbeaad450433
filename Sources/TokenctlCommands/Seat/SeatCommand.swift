import ArgumentParser
import Registry
import RegistryAPI

struct SeatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seat",
        abstract: "Seats on a tenant.",
        subcommands: [SeatListCommand.self, SeatAssignCommand.self, SeatReleaseCommand.self]
    )
}

struct SeatListCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a tenant's seats by SKU and source.",
        discussion: "Users beyond the seats that are licensed and enabled are counted as unlicensed (R32)."
    )

    @Argument(help: ArgumentHelp("A domain of the tenant, or its id.", valueName: "tenant"))
    var tenant: String

    @Option(help: ArgumentHelp("As they stood on this day (default: today).", valueName: "date"))
    var asOf: String?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.printer.print(list: try await shell.call(ListSeats.self, ["tenant": tenant, "asOf": asOf]))
    }
}

extension SeatResource: Tabular {
    static var columns: [Column<SeatResource>] {
        [
            Column("skuPartNumber", "SKU") { $0.skuPartNumber.text },
            Column("skuId", nil, optional: { $0.skuId }),
            Column("source", "SOURCE") { $0.source },
            Column("capabilityStatus", "STATUS") { $0.capabilityStatus.rawValue },
            Column("enabled", "ENABLED", number: { $0.prepaidUnits.enabled }),
            Column("warning", "WARNING", number: { $0.prepaidUnits.warning }),
            Column("suspended", "SUSPENDED", number: { $0.prepaidUnits.suspended }),
            Column("lockedOut", nil, number: { $0.prepaidUnits.lockedOut }),
            Column("consumedUnits", "CONSUMED", number: { $0.consumedUnits }),
            Column("unlicensedUnits", "UNLICENSED", number: { $0.unlicensedUnits }),
            Column("unlicensedUsers", nil) { $0.unlicensedUsers.map(\.value).joined(separator: " ") },
            Column("availableUnits", "AVAILABLE", number: { $0.availableUnits }),
            Column("blocks", "BLOCKS") { seats in
                // What is over stands in JSON only.
                seats.blocks.filter { $0.status != .deleted }.map { block in
                    "\(block.id)\(block.tokenId.map { "/\($0)" } ?? ""):\(block.seats) \(block.status.rawValue)"
                        + (block.licensed ? "" : " unlicensed")
                        + (block.rightsEndOn.map { " rights to \($0)" } ?? "")
                }.joined(separator: ", ")
            },
        ]
    }
}
