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

struct SeatListCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List a tenant's seats by SKU and source, or the users who hold them.",
        discussion: "Users beyond the seats that are licensed and enabled are counted as unlicensed (R32)."
    )

    @OptionGroup var tenant: TenantArgument

    @Option(help: ArgumentHelp("As they stood on this day (default: today).", valueName: "date"))
    var asOf: String?

    @Flag(help: "List the users who hold seats, as they stand today.")
    var users = false

    @Option(help: ArgumentHelp("With --users: only seats of this SKU.", valueName: "sku"))
    var sku: String?

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if users, asOf != nil { throw ValidationError("--users lists the users of today; leave --as-of out.") }
        if sku != nil, !users { throw ValidationError("--sku goes with --users.") }
    }

    func run(in shell: Shell) async throws {
        if users {
            let fields: WireValue = ["tenant": try shell.tenant(tenant.tenant), "skuPartNumber": sku]
            return try await shell.list(ListSeatUsers.self, fields)
        }
        let seats = try await shell.call(ListSeats.self, ["tenant": try shell.tenant(tenant.tenant), "asOf": asOf])
        switch shell.global.format {
        case .table, .csv: try shell.printer.print(list: seats.map(SeatRow.init))
        case .json, .ndjson: try shell.printer.print(list: seats)
        }
    }
}

extension SeatResource: Row {
    static let rowStyle = RowStyle()
}

/// Seats as a table or CSV has them: the units of each state side by side.
private struct SeatRow: Codable, Row {
    let skuPartNumber: SKUPartNumber
    let skuId: String?
    let source: String
    let capabilityStatus: SeatBlockStatus
    let enabled: Int
    let warning: Int
    let suspended: Int
    let lockedOut: Int
    let consumedUnits: Int
    let unlicensedUnits: Int
    let unlicensedUsers: [UserPrincipalName]
    let availableUnits: Int
    let blocks: String

    init(_ seats: SeatResource) {
        skuPartNumber = seats.skuPartNumber
        skuId = seats.skuId
        source = seats.source
        capabilityStatus = seats.capabilityStatus
        enabled = seats.prepaidUnits.enabled
        warning = seats.prepaidUnits.warning
        suspended = seats.prepaidUnits.suspended
        lockedOut = seats.prepaidUnits.lockedOut
        consumedUnits = seats.consumedUnits
        unlicensedUnits = seats.unlicensedUnits
        unlicensedUsers = seats.unlicensedUsers
        availableUnits = seats.availableUnits
        // What is over stands in JSON only.
        blocks = seats.blocks.filter { $0.status != .deleted }.map { block in
            "\(block.id)\(block.tokenId.map { "/\($0)" } ?? ""):\(block.seats) \(block.status.rawValue)"
                + (block.licensed ? "" : " unlicensed") + (block.rightsEndOn.map { " rights to \($0)" } ?? "")
        }.joined(separator: ", ")
    }

    static let rowStyle = RowStyle(
        headings: [
            "capabilityStatus": "STATUS", "consumedUnits": "CONSUMED", "unlicensedUnits": "UNLICENSED",
            "availableUnits": "AVAILABLE",
        ],
        hidden: ["skuId", "lockedOut", "unlicensedUsers"],
        yielding: ["source", "blocks"]
    )
}
