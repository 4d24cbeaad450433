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
}
