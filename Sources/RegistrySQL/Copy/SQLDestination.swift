package import Registry

/// Copies a registry between SQL engines, row by row.
///
/// The order keeps it safe whenever it stops: the copy is complete, verified and durable before the source is closed by its
/// commit, and opened by nobody until after that.
package final class SQLDestination: RegistryDestination {
    private let arrival: any RegistryArrival
    private let key: RegistryKey

    package init(_ arrival: any RegistryArrival, key: RegistryKey) {
        self.arrival = arrival
        self.key = key
    }

    package var name: String { arrival.name }

    package func prepare(_ source: any RegistryTransaction) throws -> RegistryContents {
        let source = try Self.session(source)
        if let successor = try source.successor() { throw StoreFailure.closed(movedTo: successor.place) }
        guard let first = try source.seal(1) else {
            throw Refusal(.registryDamaged, "The registry's first seal is missing. Restore a backup.")
        }
        try source.database.allowLongPauses()
        try arrival.requireRoom(for: key, first: first)
        var (rows, sums) = (Int64(0), RowSums())
        var summarizer = RowSummarizer(key: key)
        for table in Self.tables {
            let summary = try summarizer.summary(of: table.name, in: source.database)
            rows += summary.rows
            if !RowSums.leftOut.contains(table.name) { sums.add(summary.sum, to: table.name) }
        }
        try source.vouch(for: sums)
        return RegistryContents(tables: Self.tables.count, rows: rows)
    }

    package func take(
        _ source: any RegistryTransaction,
        verify: (any RegistryReading) throws -> Void
    ) throws -> Seal {
        let source = try Self.session(source)
        guard let seal = try source.sealLedgers() else { throw ChangeWithoutLedgerRow(tables: []) }
        var summarizer = RowSummarizer(key: key)
        var copied: [String: RowSummary] = [:]
        try arrival.fill(with: key) { destination in
            for table in Self.tables {
                var copy = RowCopy(table, to: destination)
                copied[table.name] = try copy.run(from: source.database, &summarizer)
            }
        } verify: { copy in
            for table in Self.tables {
                guard try summarizer.summary(of: table.name, in: copy.database) == copied[table.name] else {
                    throw Refusal(.registryDamaged, "The copy's table \(table.name) is not what was copied.")
                }
            }
            guard try copy.lastSeal() == seal else {
                throw Refusal(.registryDamaged, "The copy does not end with the registry's last seal.")
            }
            try verify(copy)
        }
        try source.database.run(
            "INSERT INTO registry_successor (number, place, seal) VALUES (1, ?, ?)",
            [name, seal.number]
        )
        return seal
    }

    package func release(_ seal: Seal) throws {
        try arrival.release(seal, key: key)
    }

    /// All but where the registry went, which its copy has not.
    private static let tables = Schema.tables.filter { $0.name != "registry_successor" }

    private static func session(_ transaction: any RegistryTransaction) throws -> SQLSession {
        guard let session = transaction as? SQLSession else {
            preconditionFailure("a registry that is no SQL database")
        }
        return session
    }
}

extension SQLSession {
    /// R19: has the ledger's next row vouch for what the rows that are there add up to beyond what the ledgers' rows say.
    /// - Throws: `Refusal` with `registry.damaged` where every change is watched, so that both have to be the same.
    fileprivate func vouch(for sums: RowSums) throws {
        var recorded = RowSums()
        try database.forEach("SELECT CAST(rows AS TEXT) FROM audit") { row in
            let text: String = try row[0]
            guard text != "{}" else { return }
            guard let part = RowSums(text: text) else { throw row.damaged(0) }
            recorded += part
        }
        let missing = sums - recorded
        guard watch == nil else {
            guard let table = missing.byTable.keys.min() else { return }
            throw Refusal(
                .registryDamaged,
                "The rows of the table \(table) are not those that the ledger's requests made (R19), so the registry was "
                    + "not copied."
            )
        }
        missingSums = missing
    }
}
