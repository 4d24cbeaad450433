extension StoredFact {
    /// Whether a row is as it was first recorded, so that the ledger's row of that says what it says.
    /// - Parameter key: the expression for what names it.
    static func isUncorrected(_ table: CorrectableTable, _ key: String) -> String {
        """
        NOT EXISTS (
            SELECT 1 FROM corrections x WHERE x.row_table = '\(table.name)' AND x.row_key = CAST(\(key) AS TEXT)
        )
        """
    }

    /// R19: each correction follows on the one before, the row has what the last one says, and the ledger tells of it.
    static let corrections =
        CorrectableTable.all.flatMap { table in
            (table.texts + table.numbers).filter { !table.key.contains($0) }.map { field in
                StoredFact(
                    code: "correction.differs-from-row",
                    breaches: """
                        SELECT c.subject, 'The last correction says that \(field) is ' || coalesce(c.becomes_value, 'nothing')
                            || ', and the record says ' || coalesce(CAST(x.\(field) AS TEXT), 'nothing') || ' (R19).'
                        FROM corrections c JOIN \(table.name) x ON \(table.rowKey(of: "x")) = c.row_key
                        WHERE c.row_table = '\(table.name)' AND c.field = '\(field)'
                            AND c.number = (
                                SELECT max(d.number) FROM corrections d
                                WHERE d.row_table = c.row_table AND d.row_key = c.row_key AND d.field = c.field
                            )
                            AND c.becomes_value IS DISTINCT FROM CAST(x.\(field) AS TEXT)
                        """
                )
            }
        } + [
            StoredFact(
                code: "correction.chain-broken",
                breaches: """
                    SELECT c.subject, 'A correction of ' || c.field || ' does not follow on the one before it (R19).'
                    FROM corrections c JOIN corrections b ON b.number = (
                        SELECT max(d.number) FROM corrections d
                        WHERE d.row_table = c.row_table AND d.row_key = c.row_key AND d.field = c.field
                            AND d.number < c.number
                    )
                    WHERE b.becomes_value IS DISTINCT FROM c.was_value
                    """
            ),
            StoredFact(
                code: "correction.without-ledger-row",
                breaches: """
                    SELECT c.subject, 'No ledger row ' || c.sequence || ' tells of a correction of ' || c.field || ' (R19).'
                    FROM corrections c LEFT JOIN audit a
                        ON a.ledger = coalesce(c.organization, 0) AND a.sequence = c.sequence
                        AND a.at = c.recorded_at AND a.action LIKE '%.correct'
                    WHERE a.sequence IS NULL
                    """
            ),
        ]
}
