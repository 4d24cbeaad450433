import Registry
import RegistryAPI

/// A reconciliation as it is printed: each difference with the command that settles it, one for each user.
struct ReconciliationReport: Encodable {
    private let answer: ReconciliationResource
    let differences: [DifferenceRow]

    init(_ answer: ReconciliationResource) {
        self.answer = answer
        differences = answer.differences.flatMap { DifferenceRow.rows(of: $0, in: answer) }
    }

    private enum CodingKeys: CodingKey {
        case differences
    }

    func encode(to encoder: any Encoder) throws {
        try answer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(differences, forKey: .differences)
    }

    func print(in shell: Shell) throws {
        switch shell.global.format {
        case .json: shell.terminal.write(Printer.json(self) + "\n")
        case .ndjson, .csv: try shell.printer.print(list: differences)
        case .table:
            shell.terminal.write(text(for: shell.terminal))
            shell.note(summary)
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
            case 0: "no differences"
            case 1: "1 difference"
            default: "\(differences.count) differences"
            }
        return "\(answer.tenantDomain) on \(answer.asOf): \(result) (\(what)\(size.isEmpty ? "" : ": \(size)"))."
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
        hidden: ["isSafe", "rule", "skuId", "seats", "tokenId", "userPrincipalName", "skuPartNumber"]
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
