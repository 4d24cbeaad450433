extension StoredFact {
    /// Every stored day is one of the calendar.
    static let dates = [
        ("enrollments", "starts_on"), ("enrollments", "ends_on"), ("recorded_endings", "ended_on"),
        ("recorded_endings", "last_day"),
        ("tenants", "signed_up_on"), ("service_signups", "signed_up_on"), ("tokens", "issued_on"),
        ("redemptions", "redeemed_on"), ("recorded_voids", "voided_on"), ("token_replacements", "replaced_on"),
        ("seat_blocks", "starts_on"), ("seat_blocks", "rights_end_on"), ("seat_blocks", "service_ends_on"),
        ("seat_block_extensions", "service_ends_on"), ("seat_block_endings", "ended_on"), ("assignments", "from_on"),
        ("assignments", "to_on"), ("recorded_activations", "activated_on"), ("product_versions", "came_on"),
        ("renewals", "applied_on"), ("renewals", "next_starts_on"),
    ].map { table, column in
        StoredFact(
            code: "date.invalid",
            breaches: """
                SELECT '\(table)', '"' || substr(\(column), 1, 40) || '" in \(column) is not a date.'
                FROM \(table) WHERE \(column) IS NOT NULL AND date(\(column), '+0 days') IS DISTINCT FROM \(column)
                """
        )
    }

    /// Every stored document is JSON.
    static let documents = [
        StoredFact(
            code: "answer.unreadable",
            breaches: """
                SELECT idempotency_key, 'The answer that is kept under this idempotency key cannot be read.'
                FROM remembered_answers WHERE NOT json_valid(answer)
                """
        ),
        StoredFact(
            code: "sku.unreadable",
            breaches: """
                SELECT part_number, 'The catalogue''s entry for the SKU is unreadable.' FROM skus
                WHERE NOT json_valid(document) OR document -> 'record' ->> 'partNumber' IS DISTINCT FROM part_number
                """
        ),
        StoredFact(
            code: "program.unreadable",
            breaches: """
                SELECT id, 'The catalogue''s entry for the programme is unreadable.' FROM programs
                WHERE NOT json_valid(document) OR document -> 'record' ->> 'id' IS DISTINCT FROM id
                """
        ),
    ]
}
