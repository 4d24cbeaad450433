import Registry
import RegistryAPI

/// A reconciliation as it is printed: each difference with the command that settles it, one for each user.
struct ReconciliationReport: Encodable {
    private let answer: ReconciliationResource
    let differences: [DifferenceRow]
    /// Nil where nothing was asked to be done.
    private let isDryRun: Bool?

    /// Which file it is of, where there are several.
    var file: String?

    init(_ answer: ReconciliationResource, isDryRun: Bool?) {
        self.answer = answer
        self.isDryRun = isDryRun
        differences = answer.differences.flatMap { DifferenceRow.rows(of: $0, in: answer) }
    }

    private enum CodingKeys: CodingKey {
        case differences
        case dryRun
        case file
    }

    func encode(to encoder: any Encoder) throws {
        try answer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(differences, forKey: .differences)
        try container.encodeIfPresent(isDryRun, forKey: .dryRun)
        try container.encodeIfPresent(file, forKey: .file)
    }

    func print(in shell: Shell) throws {
        switch shell.global.format {
        case .json: shell.terminal.write(Printer.json(self) + "\n")
        case .ndjson, .csv: try shell.printer.print(list: differences)
        default:
            shell.terminal.write(text(for: shell.terminal))
            if let applied = answer.applied { shell.note(Self.sentence(of: applied, isDryRun: isDryRun ?? false)) }
            shell.note(summary)
        }
        tell(in: shell)
    }

    /// What is to be known beside the differences.
    func tell(in shell: Shell) {
        for refused in answer.applied?.refused.prefix(Self.userLimit) ?? [] {
            let detail = "\(refused.userPrincipalName) was left as before: \(refused.detail)"
            shell.warn([Warning(code: refused.code, rule: refused.rule, detail: detail)])
        }
        for ignored in answer.ignored { shell.note(Self.sentence(of: ignored)) }
        shell.warn(answer.warnings)
    }

    /// So many users of one difference are named to a person.
    private static let userLimit = 20

    /// What differs and why, with the command below it on a line of its own, to be copied.
    private func text(for terminal: any Terminal) -> String {
        var text = ""
        for difference in answer.differences {
            let rule = difference.rule.map { " (\($0.rawValue))" } ?? ""
            let code =
                terminal.isOutputTerminal
                ? terminal.styled(difference.code.rawValue, .bold) : difference.code.rawValue
            text += "\(code)\(rule): \(difference.detail)\n".escapedLines
            let rows = DifferenceRow.rows(of: difference, in: answer)
            for row in rows.prefix(Self.userLimit) { text += "    \(row.command)\n".escapedLines }
            if rows.count > Self.userLimit {
                text += "    and \(rows.count - Self.userLimit) more; -o csv lists all of them\n"
            }
        }
        return text
    }

    private var summary: String {
        let what = answer.contents.map(\.rawValue).joined(separator: ", ")
        let size = [(answer.skus, "SKU"), (answer.users, "user")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
        let result =
            switch differences.count {
            case 0: answer.applied == nil ? "no differences" : "no differences are left"
            case 1: answer.applied == nil ? "1 difference" : "1 difference is left"
            default: "\(differences.count) differences\(answer.applied == nil ? "" : " are left")"
            }
        return
            "\(file.map { "\($0): " } ?? "")\(answer.tenantDomain) on \(answer.asOf): \(result) (\(what)\(size.isEmpty ? "" : ": \(size)"))."
    }

    private static func sentence(of applied: ReconciliationResource.Applied, isDryRun: Bool) -> String {
        var parts: [String] = []
        if applied.tenantId { parts.append("the tenant's id recorded") }
        parts.append("\(applied.assigned) assigned")
        parts.append("\(applied.released) released")
        if !applied.refused.isEmpty { parts.append("\(applied.refused.count) refused") }
        return (isDryRun ? "Nothing was written; it would be: " : "Done: ") + parts.joined(separator: ", ") + "."
    }

    private static func sentence(of ignored: ReconciliationResource.Ignored) -> String {
        let count =
            ignored.units.map { "\($0) units" } ?? ignored.users.map { "\($0) user\($0 == 1 ? "" : "s")" }
        let reason =
            switch ignored.reason {
            case .free: "it is free"
            case .manyUnits: "nobody buys 10,000 and more"
            case .asked: "as asked"
            }
        return "Ignored: \(ignored.skuPartNumber)\(count.map { " (\($0))" } ?? ""), \(reason)."
    }
}

/// A difference, or one user of it.
struct DifferenceRow: Codable, Row {
    let tenantDomain: DomainName
    let code: ReconciliationDifference.Cause
    @Nullable var skuPartNumber: SKUPartNumber?
    @Nullable var userPrincipalName: UserPrincipalName?
    @Nullable var reported: Int?
    @Nullable var recorded: Int?
    let detail: String
    /// What settles it.
    let command: String
    /// Whether `--apply` does it.
    let isSafe: Bool
    @Nullable var rule: Rule?
    @Nullable var skuId: String?
    @Nullable var seats: Int?
    @Nullable var tokenId: TokenID?

    static let rowStyle = RowStyle(
        headings: ["reported": "THERE", "recorded": "HERE"],
        hidden: ["isSafe", "rule", "skuId", "seats", "tokenId", "userPrincipalName", "skuPartNumber", "tenantDomain"]
    )

    static func rows(
        of difference: ReconciliationDifference,
        in answer: ReconciliationResource
    ) -> [DifferenceRow] {
        let users = difference.userPrincipalNames
        guard !users.isEmpty else { return [DifferenceRow(difference, user: nil, answer)] }
        return users.map { DifferenceRow(difference, user: $0, answer) }
    }

    private init(
        _ difference: ReconciliationDifference,
        user: UserPrincipalName?,
        _ answer: ReconciliationResource
    ) {
        tenantDomain = answer.tenantDomain
        code = difference.code
        skuPartNumber = difference.skuPartNumber
        userPrincipalName = user
        reported = difference.reported
        recorded = difference.recorded
        let isGone = difference.code == .assignmentGone
        detail =
            user.map { user in
                let sku = difference.skuPartNumber?.text ?? ""
                return "\(user) holds \(sku) \(isGone ? "here, and not there." : "there, and not here.")"
            } ?? difference.detail
        command = SettlingCommand(difference, user: user, answer).text
        isSafe = difference.isSafe
        rule = difference.rule
        skuId = difference.skuId
        seats = difference.seats
        tokenId = difference.tokenId
    }
}
