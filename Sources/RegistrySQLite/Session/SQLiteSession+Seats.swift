import Registry

extension SQLiteSession {
    /// A seat block as it stands today.
    private static let seatBlockSelection = """
        SELECT b.number AS id, t.domain AS tenant_domain, e.id AS enrollment_id, n.ended_on,
            CASE WHEN l.headquarters OR l.associated THEN NULL ELSE l.id END AS apart,
            -- R46: what a replaced token extended is not extended.
            coalesce((SELECT max(service_ends_on) FROM seat_block_extensions x
                WHERE x.seat_block = b.number
                    AND NOT EXISTS (SELECT 1 FROM token_replacements r WHERE r.token = x.token)), service_ends_on)
                AS service_ends_on, b.*
        FROM seat_blocks b
        JOIN tenants t ON t.number = b.tenant
        LEFT JOIN enrollments e ON e.number = b.enrollment
        LEFT JOIN locations l ON l.number = e.location
        LEFT JOIN seat_block_endings n ON n.seat_block = b.number
        """

    func seatBlocks(on tenant: DomainName, of sku: SKUPartNumber?) throws -> [SeatBlock] {
        guard let sku else {
            return try database.all(
                "\(Self.seatBlockSelection) WHERE t.domain = ? ORDER BY b.number",
                [tenant.value]
            )
        }
        return try database.all(
            "\(Self.seatBlockSelection) WHERE t.domain = ? AND b.sku_part_number = ? ORDER BY b.number",
            [tenant.value, sku.description]
        )
    }

    func newestSeatBlocks(on tenant: DomainName, presentOn day: CalendarDate) throws -> [SeatBlock] {
        // From one SKU to the next in the index, whatever number of blocks lies between.
        let skus = try database.all(
            """
            WITH RECURSIVE
                place (tenant) AS (SELECT number FROM tenants WHERE domain = ?),
                skus (sku) AS (
                    SELECT min(sku_part_number) FROM seat_blocks WHERE tenant = (SELECT tenant FROM place)
                    UNION ALL
                    SELECT (SELECT min(sku_part_number) FROM seat_blocks
                            WHERE tenant = (SELECT tenant FROM place) AND sku_part_number > sku)
                    FROM skus WHERE sku IS NOT NULL
                )
            SELECT sku FROM skus WHERE sku IS NOT NULL
            """,
            [tenant.value]
        ) { try $0[0] as String }
        return try skus.flatMap { sku in
            try [false, true].compactMap { isPurchase in
                try database.first(
                    """
                    \(Self.seatBlockSelection)
                    WHERE t.domain = ? AND b.sku_part_number = ? AND (b.enrollment IS NULL) = ? ORDER BY b.number DESC
                    """,
                    [tenant.value, sku, isPurchase],
                    where: { $0.status(on: day) != .deleted }
                ) { try $0.decode() as SeatBlock }
            }
        }
    }

    func seatBlocks(on tenant: DomainName, asOf day: CalendarDate) throws -> [SeatBlock] {
        try database.all(
            """
            SELECT b.number AS id, t.domain AS tenant_domain, e.id AS enrollment_id,
                CASE WHEN l.headquarters OR l.associated THEN NULL ELSE l.id END AS apart,
                CASE WHEN n.ended_on <= ?2 THEN n.ended_on END AS ended_on,
                coalesce((SELECT max(x.service_ends_on) FROM seat_block_extensions x
                    JOIN redemptions r ON r.token = x.token AND r.redeemed_on <= ?2
                    WHERE x.seat_block = b.number AND NOT EXISTS (
                        SELECT 1 FROM token_replacements p WHERE p.token = x.token AND p.replaced_on <= ?2)
                ), service_ends_on) AS service_ends_on, b.*
            FROM seat_blocks b
            JOIN tenants t ON t.number = b.tenant
            LEFT JOIN enrollments e ON e.number = b.enrollment
            LEFT JOIN locations l ON l.number = e.location
            LEFT JOIN seat_block_endings n ON n.seat_block = b.number
            WHERE t.domain = ?1 AND b.starts_on <= ?2 ORDER BY b.number
            """,
            [tenant.value, day.description]
        )
    }

    func insert(_ draft: SeatBlockDraft) throws -> SeatBlockID {
        let purchase: String? = if case .purchase(let words) = draft.source { words } else { nil }
        try database.run(
            """
            INSERT INTO seat_blocks
                (tenant, sku_part_number, seats, token, enrollment, purchase_source, starts_on, rights_end_on,
                 service_ends_on, recorded_at)
            VALUES ((SELECT number FROM tenants WHERE domain = ?), ?, ?, ?,
                    (SELECT number FROM enrollments WHERE id = ?), ?, ?, ?, ?, ?)
            """,
            [
                draft.tenantDomain.value, draft.skuPartNumber.description, draft.seats, draft.source.tokenID?.number,
                draft.source.enrollmentID?.value, purchase, draft.startsOn.description,
                draft.rightsEndOn?.description, draft.serviceEndsOn?.description,
                draft.recordedAt.microsecondsSinceEpoch,
            ]
        )
        return SeatBlockID(number: database.lastNumber)
    }

    func extend(
        _ block: SeatBlockID,
        by token: TokenID,
        through serviceEndsOn: CalendarDate,
        recordedAt: Instant
    ) throws {
        try database.run(
            """
            INSERT INTO seat_block_extensions (seat_block, token, service_ends_on, recorded_at) VALUES (?, ?, ?, ?)
            """,
            [block.number, token.number, serviceEndsOn.description, recordedAt.microsecondsSinceEpoch]
        )
    }
}
