public import Registry

/// A token that the portal issued for a renewal.
public struct IssuedCodeInput: Codable, Sendable {
    public var code: SecretText
    public var skuPartNumber: String
    public var seats: Int

    public init(_ issued: IssuedCode) {
        code = SecretText(issued.code.revealed)
        skuPartNumber = issued.skuPartNumber.text
        seats = issued.seats
    }

    func issuedCode() throws -> IssuedCode {
        IssuedCode(
            code: try code.activationCode(),
            skuPartNumber: try WireText.partNumber(skuPartNumber, "skuPartNumber"),
            seats: try WireText.seats(seats)
        )
    }
}

/// What a portal issued, without the codes, as a text that fits into a query.
public enum IssuedText {
    /// A line for each run of equal tokens, in their order.
    public static func text(_ codes: [IssuedCode]) -> String {
        var lines: [(count: Int, issue: RenewalPlan.Issue)] = []
        for code in codes {
            if let last = lines.last, last.issue == code.issue {
                lines[lines.count - 1].count += 1
            } else {
                lines.append((1, code.issue))
            }
        }
        return lines.map { "\($0.count)*\($0.issue.seats) \($0.issue.skuPartNumber)" }.joined(separator: "\n")
    }

    /// - Throws: `Refusal` with `input.invalid`.
    static func read(_ text: String) throws -> [RenewalPlan.Issue] {
        try text.split(separator: "\n").flatMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            let numbers = parts[0].split(separator: "*").map { Int($0) }
            guard parts.count == 2, numbers.count == 2, let count = numbers[0], let seats = numbers[1],
                (1...100_000).contains(count)
            else { throw WireText.invalid("issued", String(line), "a line is like 4*25 ENTERPRISEPACK") }
            let token = RenewalPlan.Issue(
                skuPartNumber: try WireText.partNumber(String(parts[1]), "issued"),
                seats: try WireText.seats(seats)
            )
            return Array(repeating: token, count: count)
        }
    }
}

extension WireText {
    static func seats(_ seats: Int) throws -> Int {
        guard (1...1_000_000).contains(seats) else {
            throw invalid("seats", String(seats), "it is a number from 1 to 1000000")
        }
        return seats
    }

    static func renewalKey(_ text: String) throws -> RenewalKey {
        guard let key = RenewalKey(text) else { throw invalid("after", text, "it is the end of an earlier page") }
        return key
    }
}
