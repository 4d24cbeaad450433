import ArgumentParser
import ProgramVersion
import Registry
import RegistryAPI
import RegistrySQLite

struct StatusCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show which registry is in use, and its state."
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let status = try await shell.call(ShowStatus.self, [:])
        shell.printer.print(StatusReport(status: status))
        if let obstacle = status.obstacle { shell.notice(obstacle) }
    }
}

struct StatusReport: TableRow {
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

    static var showsSecret: Bool { false }

    static var fields: [ColumnHead] {
        var fields = StatusResource.fields
        fields.insert(ColumnHead(name: "version", heading: "VERSION", isNumber: false), at: 1)
        return fields
    }

    func texts(under heads: [ColumnHead]) -> [String] {
        heads.flatMap { $0.name == "version" ? [version] : status.texts(under: [$0]) }
    }
}

extension StatusResource: Row {
    static let rowStyle = RowStyle(
        headings: ["organizations": "ORGANISATIONS", "seal": "LAST SEAL"],
        omitted: ["obstacle"],
        texts: ["writable": RowStyle.flag("yes", "NO")]
    )
}
