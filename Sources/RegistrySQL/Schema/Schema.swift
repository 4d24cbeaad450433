/// The registry's tables, as a list of migrations. A released migration never changes; a change is one more.
package enum Schema {
    /// Each brings the database from its index to the next version (`PRAGMA user_version`).
    package static let migrations: [String] = [
        [
            organizationTables,
            correctionTables,
            peopleTables,
            programTables,
            tenantTables,
            tokenTables,
            reservationTables,
            keyTables,
            seatTables,
            benefitTables,
            assignmentTables,
            renewalTables,
            accessTables,
            auditTables,
            keyFingerprintTable,
            sealingKeyTable,
        ].joined()
    ]

    package static var version: Int { migrations.count }

    /// Tables that Litestream makes beside the registry's own.
    package static let litestreamTables: Set<String> = ["_litestream_seq", "_litestream_lock"]

    /// Triggers that keep a table's rows as they were written, also from `REPLACE`, which fires no delete trigger.
    ///
    /// - Parameters:
    ///   - key: the primary key's columns, such as `id, version`.
    ///   - others: the columns of every other unique key: a `REPLACE` that hits one removes the row that has it.
    package static func appendOnly(
        _ table: String,
        key: String,
        unique others: [String] = [],
        except change: String? = nil,
        because reason: String
    ) -> String {
        let taken = ([key] + others).map { columns in
            let same = columns.split(separator: ",").map { column in
                let name = column.filter { $0 != " " }
                return "\(name) = NEW.\(name)"
            }
            return "EXISTS (SELECT 1 FROM \(table) WHERE \(same.joined(separator: " AND ")))"
        }
        return """
            CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table)
            \(change.map { "WHEN NOT (\($0))" } ?? "")
            BEGIN SELECT RAISE(ABORT, '\(table): \(reason)'); END;
            CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table): \(reason)'); END;
            CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON \(table)
            WHEN \(taken.joined(separator: " OR "))
            BEGIN SELECT RAISE(ABORT, '\(table): \(reason)'); END;

            """
    }
}
