package import Registry

extension SQLSession {
    package func activations(of key: ProductKeyID, after id: KeyActivationID?, limit: Int) throws -> [KeyActivation] {
        try database.all(
            "\(Self.activationColumns) WHERE product_key = ? AND number > ? ORDER BY number LIMIT ?",
            [key.number, id?.number ?? 0, limit]
        )
    }

    package func lastActivation(of key: ProductKeyID, on machine: String, through day: CalendarDate) throws
        -> KeyActivation?
    {
        try database.first(
            """
            \(Self.activationColumns) WHERE product_key = ? AND machine = ? AND activated_on <= ?
            ORDER BY activated_on DESC, number DESC LIMIT 1
            """,
            [key.number, machine, day.description]
        )
    }

    package func activationCount(of key: ProductKeyID, on machine: String, since day: CalendarDate) throws -> Int {
        try database.value(
            "SELECT count(*) FROM key_activations WHERE product_key = ? AND machine = ? AND activated_on >= ?",
            [key.number, machine, day.description]
        ) ?? 0
    }

    package func machines(
        of key: ProductKeyID,
        activatedAtLeast times: Int,
        since day: CalendarDate
    ) throws -> [MachineActivations] {
        try database.all(
            """
            SELECT machine, count(*) AS activations FROM key_activations WHERE product_key = ? AND activated_on >= ?
            GROUP BY machine HAVING count(*) >= ? ORDER BY machine
            """,
            [key.number, day.description, times]
        )
    }

    package func insert(_ draft: KeyActivationDraft) throws -> KeyActivationID {
        if draft.isConsumed, let key = try productKey(draft.keyID), let count = key.activations,
            try keyUse(of: key.id, since: draft.activatedOn).consumed >= count
        {
            throw Refusal.activationsExhausted(key)
        }
        return try database.insert(
            """
            INSERT INTO recorded_activations
                (product_key, machine, hardware, consumed, product_version, qualifying_license, host, activated_on,
                 recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                draft.keyID, draft.machine, draft.hardware, draft.isConsumed, draft.version, draft.qualifyingLicense,
                draft.host, draft.activatedOn, draft.recordedAt,
            ]
        )
    }

    private static let activationColumns = """
        SELECT *, number AS id, product_key AS key_id, product_version AS version FROM key_activations
        """
}
