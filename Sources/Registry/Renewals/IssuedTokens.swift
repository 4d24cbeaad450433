import CSV

/// The tokens that a portal issued for a renewal, held against those that the programme's figures make.
public enum IssuedTokens {
    /// What differs by SKU and seats, a sentence for each; empty when both are the same tokens in any order.
    public static func differences(expected: [RenewalPlan.Issue], given: [RenewalPlan.Issue]) -> [String] {
        var counts: [RenewalPlan.Issue: (expected: Int, given: Int)] = [:]
        for token in expected { counts[token, default: (0, 0)].expected += 1 }
        for token in given { counts[token, default: (0, 0)].given += 1 }
        return counts.filter { $0.value.expected != $0.value.given }
            .sorted { ($0.key.skuPartNumber.key, $1.key.seats) < ($1.key.skuPartNumber.key, $0.key.seats) }
            .map { token, count in
                "\(token.skuPartNumber) of \(token.seats) seats: \(count.expected) expected, \(count.given) given"
            }
    }

    /// R33: tokens of other sizes are taken where the seats of each SKU are the entitlement's; anything else is refused
    /// with every difference (`import.invalid`).
    static func refusal(
        expected: [RenewalPlan.Issue],
        given: [RenewalPlan.Issue],
        enrollmentID: EnrollmentID
    ) -> Refusal? {
        guard seats(expected) != seats(given) else { return nil }
        return mismatch(differences(expected: expected, given: given), enrollmentID: enrollmentID)
    }

    /// The refusal of tokens that differ.
    static func mismatch(_ differences: [String], enrollmentID: EnrollmentID) -> Refusal {
        Refusal(
            .importInvalid,
            rule: .r33,
            "The tokens given are not those that the renewal of \(enrollmentID) issues: "
                + "\(differences.joined(separator: "; ")). Nothing was written.",
            facts: ["enrollmentId": enrollmentID, "differences": differences]
        )
    }

    static func seats(_ tokens: [RenewalPlan.Issue]) -> [SKUPartNumber: Int] {
        var seats: [SKUPartNumber: Int] = [:]
        for token in tokens { seats[token.skuPartNumber, default: 0] += token.seats }
        return seats
    }
}

/// A token that the portal issued: its code, and what it is worth.
public struct IssuedCode: Hashable, Sendable, Codable {
    public let code: ActivationCode
    public let skuPartNumber: SKUPartNumber
    public let seats: Int

    /// What a token may be worth.
    static let seatRange = 1...1_000_000

    public var issue: RenewalPlan.Issue { RenewalPlan.Issue(skuPartNumber: skuPartNumber, seats: seats) }

    /// Reads the portal's file: CSV with the columns `code`, `sku` and `seats`.
    ///
    /// - Throws: `import.invalid`, which names every bad row with its line, column and reason.
    public static func read(_ file: any ChunkSource) throws -> [IssuedCode] {
        var reader = CSVReader(required: ["code", "sku", "seats"])
        var codes: [IssuedCode] = []
        var problems: [InputProblem] = []
        var lines: [ActivationCode: Int] = [:]
        func take(_ row: CSVRow) {
            var code: ActivationCode?
            do {
                code = try ActivationCode(parsing: row.text(of: 0))
            } catch {
                problems.append(row.problem(0, code: .codeMalformed, rule: nil, error.reason))
            }
            let sku = SKUPartNumber(row.text(of: 1))
            if sku == nil {
                problems.append(row.problem(1, code: .inputInvalid, rule: nil, "There is no SKU."))
            }
            let seats = Int(row.text(of: 2)).flatMap { seatRange.contains($0) ? $0 : nil }
            if seats == nil {
                problems.append(
                    row.problem(
                        2,
                        code: .inputInvalid,
                        rule: nil,
                        "\(quoted(row.text(of: 2))) is not a number of seats from 1 to 1000000."
                    )
                )
            }
            if let code {
                if let line = lines[code] {
                    problems.append(
                        row.problem(0, code: .codeTaken, rule: nil, "The code is already on line \(line).")
                    )
                }
                lines[code] = row.line
            }
            if let code, let sku, let seats {
                codes.append(IssuedCode(code: code, skuPartNumber: sku, seats: seats))
            }
        }
        try reader.read(file) { take($0) }
        problems += reader.inputProblems
        guard problems.isEmpty else {
            throw Refusal(
                .importInvalid,
                "\(problems.count == 1 ? "A row of the file is" : "\(problems.count) rows or fields of the file are") "
                    + "wrong; nothing was written.",
                facts: ["problemCount": problems.count],
                inputProblems: problems.sorted { ($0.row, $0.column ?? "") < ($1.row, $1.column ?? "") }
            )
        }
        return codes
    }
}
