import ArgumentParser
import RegistryAPI
import RegistrySQLite

struct StatusCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show which registry is in use, and its state."
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let status = try await shell.call(ShowStatusOperation.self, NoInput())
        shell.printer.print(StatusReport(status: status))
        if let obstacle = status.obstacle { shell.notice(obstacle) }
    }
}

struct StatusReport: Encodable, Tabular {
    let version = Version.current
    let status: StatusResource

    enum CodingKeys: CodingKey {
        case version
    }

    func encode(to encoder: any Encoder) throws {
        try status.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
    }

    static var columns: [Column<StatusReport>] {
        [
            Column("registry", "REGISTRY") { $0.status.registry },
            Column("version", "VERSION") { $0.version },
            Column("writable", "WRITABLE") { $0.status.writable ? "yes" : "NO" },
            Column("organizations", "ORGANISATIONS", number: { $0.status.organizations }),
            Column("enrollments", "ENROLLMENTS", number: { $0.status.enrollments }),
            Column("tokens", "TOKENS", number: { $0.status.tokens }),
            Column("seatBlocks", "SEAT BLOCKS", number: { $0.status.seatBlocks }),
            Column("ledgerRows", "LEDGER ROWS", number: { $0.status.ledgerRows.map(Int.init) }),
            Column("ledgerHead", "LEDGER HEAD", optional: { $0.status.ledgerHead }),
        ]
    }
}
