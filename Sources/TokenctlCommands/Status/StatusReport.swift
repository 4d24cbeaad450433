import ProgramVersion
import Registry
import RegistryAPI

/// How the registry stands, and what matters in it.
struct StatusReport: TableRow {
    let version = Version.current
    let status: StatusResource
    var organizations: [OrganizationNoticesResource] = []
    /// Organisations of which there is nothing to tell.
    var silent = 0

    var counts: NoticeCounts { NoticeCounts(organizations.lazy.flatMap(\.notices)) }

    enum CodingKeys: CodingKey {
        case version
        case noticeCounts
        case notices
    }

    func encode(to encoder: any Encoder) throws {
        try status.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(counts, forKey: .noticeCounts)
        try container.encode(organizations.flatMap { $0.notices.map(NoticeRow.init) }, forKey: .notices)
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

extension StatusReport {
    /// One screen: the registry in three lines, then what matters, the gravest first, as far as the terminal goes.
    func text(for terminal: any Terminal, isWide: Bool) -> String {
        var text = isWide ? TextTable.card(self, Self.heads.map(\.asked), terminal: terminal) : registryText(terminal)
        let lines = NoticeLines(terminal: terminal, withCommands: isWide)
        guard !organizations.isEmpty else {
            return text + (silent > 0 ? "\nNothing lapses, runs out or is wrong.\n" : "")
        }
        // Of the lines that the terminal has, the registry's, the shell's prompt and one that says how much is left out.
        var room = isWide ? nil : terminal.isOutputTerminal ? terminal.height.map { max(8, $0 - 6) } : nil
        var leftOut = 0
        for organization in organizations {
            if room.map({ $0 < 3 }) ?? false {
                leftOut += organization.notices.count
                continue
            }
            text += "\n" + lines.heading(organization)
            if let left = room { room = left - 2 }
            for group in NoticeLines.grouped(organization.notices) {
                let block = lines.text(of: group)
                let height = block.count { $0 == "\n" }
                if let left = room {
                    // What is left out stays in its order: nothing short slips in after it.
                    guard left >= height else {
                        room = 0
                        leftOut += group.size
                        continue
                    }
                    room = left - height
                }
                text += block
            }
        }
        if leftOut > 0 { text += "  and \(leftOut) more; -o wide shows all of it\n" }
        return text
    }

    private func registryText(_ terminal: any Terminal) -> String {
        func line(_ heading: String, _ value: String) -> String {
            let name = heading + String(repeating: " ", count: max(0, 8 - heading.count))
            return "\(terminal.isOutputTerminal ? terminal.styled(name, .dim) : name)  \(value.escaped)\n"
        }
        let state = status.writable ? "writable" : "NOT WRITABLE"
        var text = line("REGISTRY", "\(status.registry) (\(state), version \(version))")
        if let organizations = status.organizations, let enrollments = status.enrollments, let tokens = status.tokens,
            let blocks = status.seatBlocks
        {
            text += line(
                "HOLDS",
                [
                    counted(organizations, "organisation"), counted(enrollments, "enrollment"),
                    counted(tokens, "token"),
                    counted(blocks, "seat block"),
                ].joined(separator: ", ")
            )
        }
        if let rows = status.ledgerRows, let seal = status.seal {
            text += line("LEDGERS", "\(counted(Int(rows), "row")), last seal \(seal)")
        }
        return text
    }
}

extension StatusResource: Row {
    static let rowStyle = RowStyle(
        headings: ["organizations": "ORGANISATIONS", "seal": "LAST SEAL"],
        omitted: ["obstacle"],
        texts: ["writable": RowStyle.flag("yes", "NO")]
    )
}
