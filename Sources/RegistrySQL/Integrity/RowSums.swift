/// R19: what is done to the rows of each table, as a sum that a ledger row can carry.
///
/// A row counts as the digest of its table and values under the registry's key. What a request does to a table is the
/// digests of the rows that it adds less those of the rows that it removes; a change of a row does both. So the sums
/// of all ledger rows together are the sum over the rows that are there, and a row that was added, changed or removed
/// by anything but a request shows. Sums wrap around at 2^128.
package struct RowSums: Equatable {
    package private(set) var byTable: [String: UInt128] = [:]

    package init() {}

    package var isEmpty: Bool { byTable.isEmpty }

    package mutating func add(_ digest: UInt128, to table: String) { byTable[table, default: 0] &+= digest }

    package mutating func subtract(_ digest: UInt128, from table: String) { byTable[table, default: 0] &-= digest }

    /// As a ledger row carries them: a JSON object of hexadecimal numbers, in the order of the tables.
    package var text: String {
        let members = byTable.sorted { $0.key < $1.key }.map { table, sum in
            let digits = String(sum, radix: 16)
            return "\"\(table)\":\"\(String(repeating: "0", count: 32 - digits.count))\(digits)\""
        }
        return "{\(members.joined(separator: ","))}"
    }

    /// What the text of a ledger row says; nil for another text.
    package init?(text: some StringProtocol) {
        for member in text.dropFirst().dropLast().split(separator: ",") {
            let parts = member.split(separator: ":")
            guard parts.count == 2, let sum = UInt128(parts[1].dropFirst().dropLast(), radix: 16) else { return nil }
            add(sum, to: String(parts[0].dropFirst().dropLast()))
        }
    }

    package static func += (sums: inout RowSums, others: RowSums) {
        for (table, sum) in others.byTable { sums.add(sum, to: table) }
    }

    /// What `sums` has beyond `others`; tables that have the same are left out.
    package static func - (sums: RowSums, others: RowSums) -> RowSums {
        var difference = sums
        for (table, sum) in others.byTable { difference.subtract(sum, from: table) }
        difference.byTable = difference.byTable.filter { $0.value != 0 }
        return difference
    }

    /// Tables that are not summed up: the ledgers themselves are chains, the sums are recomputed from the assignments, and
    /// where a closed registry went is in its ledger, which its copy has as well.
    package static let leftOut: Set<String> = [
        "audit", "ledgers", "seals", "use_sums", "use_days", "seat_sums", "seat_days", "registry_successor",
    ]
}
