import CSQLite
import Registry

extension SQLiteSession {
    func activations(of key: ProductKeyID, after id: KeyActivationID?, limit: Int) throws -> [KeyActivation] {
        try database.all(
            "SELECT * FROM key_activations WHERE product_key = ? AND number > ? ORDER BY number LIMIT ?",
            [key.number, id?.number ?? 0, limit],
            Self.keyActivation
        )
    }

    func lastActivation(of key: ProductKeyID, on machine: String, through day: CalendarDate) throws -> KeyActivation? {
        try database.first(
            """
            SELECT * FROM key_activations WHERE product_key = ? AND machine = ? AND activated_on <= ?
            ORDER BY activated_on DESC, number DESC LIMIT 1
            """,
            [key.number, machine, day.description],
            Self.keyActivation
        )
    }

    func activationCount(of key: ProductKeyID, on machine: String, since day: CalendarDate) throws -> Int {
        try database.first(
            "SELECT count(*) FROM key_activations WHERE product_key = ? AND machine = ? AND activated_on >= ?",
            [key.number, machine, day.description]
        ) { try $0[0] } ?? 0
    }

    func machines(
        of key: ProductKeyID,
        activatedAtLeast times: Int,
        since day: CalendarDate
    ) throws -> [MachineActivations] {
        try database.all(
            """
            SELECT machine, count(*) FROM key_activations WHERE product_key = ? AND activated_on >= ?
            GROUP BY machine HAVING count(*) >= ? ORDER BY machine
            """,
            [key.number, day.description, times]
        ) { try MachineActivations(machine: $0[0], activations: $0[1]) }
    }

    func insert(_ draft: KeyActivationDraft) throws -> KeyActivationID {
        do {
            try database.run(
                """
                INSERT INTO key_activations
                    (product_key, machine, hardware, consumed, product_version, qualifying_license, host, activated_on,
                     recorded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    draft.keyID.number, draft.machine, draft.hardware, draft.isConsumed, draft.version,
                    draft.qualifyingLicense?.rawValue, draft.host?.rawValue, draft.activatedOn.description,
                    draft.recordedAt.microsecondsSinceEpoch,
                ]
            )
        } catch let error as SQLiteError where error.code == SQLITE_CONSTRAINT {
            guard let key = try productKey(draft.keyID), let count = key.activations,
                try keyUse(of: key.id, since: draft.activatedOn).consumed >= count
            else { throw error }
            throw Refusal.activationsExhausted(key)
        }
        return KeyActivationID(number: database.lastNumber)
    }

    private static func keyActivation(_ row: StoredRow) throws -> KeyActivation {
        KeyActivation(
            id: try KeyActivationID(number: row["number"]),
            keyID: try ProductKeyID(number: row["product_key"]),
            machine: try row["machine"],
            hardware: try row["hardware"],
            isConsumed: try row["consumed"],
            version: try row["product_version"],
            qualifyingLicense: try (row["qualifying_license"] as String?).map { _ in
                try row.stored("qualifying_license")
            },
            host: try (row["host"] as String?).map { _ in try row.stored("host") },
            activatedOn: try row.date("activated_on"),
            recordedAt: try row.instant("recorded_at")
        )
    }
}
