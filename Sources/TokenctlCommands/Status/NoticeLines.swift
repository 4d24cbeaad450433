import Registry

/// Notices as lines for a person: how much each matters, by when, and a sentence.
struct NoticeLines {
    let terminal: any Terminal
    /// Whether each has its command below it.
    var withCommands = false

    /// A line for an organisation, and one or more for each of its notices.
    func text(of organization: OrganizationNoticesResource) -> String {
        heading(organization) + lines(organization.notices)
    }

    func heading(_ organization: OrganizationNoticesResource) -> String {
        let counts = NoticeCounts(organization.notices)
        let name = "\(organization.name) (\(organization.organizationId))".escaped
        return "\(styled(name, .bold)), \(organization.asOf): \(counts.sentence)\n"
    }

    func lines(_ notices: [NoticeResource]) -> String {
        Self.grouped(notices).map(text(of:)).joined()
    }

    func text(of group: Group) -> String {
        let notice = group.notice
        let word = padded(notice.severity.rawValue.uppercased(), 7)
        let style: Style = notice.severity == .error ? .red : notice.severity == .warning ? .yellow : .dim
        let day = padded(notice.on?.description ?? "now", 10)
        let left = padded(notice.daysLeft.map { "\($0)d" } ?? "", 4)
        let indent = "  \(word)  \(day)  \(left)  ".count
        let rule = notice.rule.map { " (\($0.rawValue))" } ?? ""
        let body = folded(group.text.escaped + rule, indent: indent)
        var text = "  \(styled(word, style))  \(day)  \(left)  \(body)\n"
        if withCommands {
            let command = String(repeating: " ", count: indent) + NoticeRow(notice: notice).command
            text += command.escaped + "\n"
        }
        return text
    }

    /// One line of several notices that say the same of several countries.
    struct Group {
        let notice: NoticeResource
        let text: String
        /// How many notices it is.
        var size = 1
    }

    /// Countries near a maximum are one line for a product, the fullest first: an organisation may be in sixty.
    static func grouped(_ notices: [NoticeResource]) -> [Group] {
        var groups: [Group] = []
        var seen: Set<String> = []
        for notice in notices {
            guard notice.kind == .nearMaximum, notice.country != nil, let product = notice.product else {
                groups.append(Group(notice: notice, text: notice.text))
                continue
            }
            let alike = notices.filter {
                $0.kind == .nearMaximum && $0.country != nil && $0.product == product && $0.limit == notice.limit
            }
            guard alike.count > 2 else {
                groups.append(Group(notice: notice, text: notice.text))
                continue
            }
            guard seen.insert("\(product) \(notice.limit ?? 0)").inserted else { continue }
            let countries = alike.sorted { ($1.quantity, $0.key) < ($0.quantity, $1.key) }
                .map { "\($0.country?.description ?? ""):\($0.quantity)" }
            groups.append(
                Group(
                    notice: notice,
                    text: "\(product) near the maximum of \(notice.limit ?? 0) in \(alike.count) countries: "
                        + countries.joined(separator: ", ") + ".",
                    size: alike.count
                )
            )
        }
        return groups
    }

    private func styled(_ text: String, _ style: Style) -> String {
        terminal.isOutputTerminal ? terminal.styled(text, style) : text
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// At a terminal in lines of its width; else one line.
    private func folded(_ text: String, indent: Int) -> String {
        guard terminal.isOutputTerminal, let width = terminal.width else { return text }
        return TextTable.folded(text, to: max(20, width - indent))
            .joined(separator: "\n" + String(repeating: " ", count: indent))
    }
}

/// How many notices of each severity there are.
struct NoticeCounts: Encodable {
    let error: Int
    let warning: Int
    let notice: Int

    init(_ notices: some Sequence<NoticeResource>) {
        var counts: [NoticeSeverity: Int] = [:]
        for notice in notices { counts[notice.severity, default: 0] += 1 }
        error = counts[.error] ?? 0
        warning = counts[.warning] ?? 0
        notice = counts[.notice] ?? 0
    }

    /// Whether something is wrong, or lost unless somebody acts.
    var isDue: Bool { error + warning > 0 }

    var sentence: String {
        let parts = [(error, "error"), (warning, "warning"), (notice, "notice")].filter { $0.0 > 0 }
            .map { counted($0.0, $0.1) }
        return parts.isEmpty ? "nothing lapses, runs out or is wrong." : parts.joined(separator: ", ")
    }
}
