extension StoredFact {
    /// R19: what the ledgers say was done is there, and what is there the ledgers say.
    static let ledger = [
        StoredFact(
            code: "ledger.instant-goes-back",
            breaches: """
                SELECT coalesce(o.id, 'registry') || ' row ' || b.sequence, 'Row ' || b.sequence || ' of the ledger of '
                    || coalesce(o.id, 'the registry') || ' is more than 5 minutes older than the row before it.'
                FROM audit b JOIN audit a ON a.ledger = b.ledger AND a.sequence = b.sequence - 1
                LEFT JOIN organizations o ON o.number = b.ledger
                WHERE b.at < a.at - 300000000 AND NOT EXISTS (
                    SELECT 1 FROM audit c
                    WHERE c.action = 'registry.accept-clock' AND c.subject = 'registry'
                        AND c.seal BETWEEN a.seal AND b.seal
                )
                """
        ),
        StoredFact(
            code: "ledger.differs-from-redemption",
            breaches: """
                SELECT 'T' || r.token, 'The ledger has no row of this redemption that agrees on its tenant, SKU, seats, '
                    || 'seat block and day (R31).'
                FROM redemptions r JOIN tokens t ON t.number = r.token JOIN tenants a ON a.number = r.tenant
                WHERE \(isUncorrected(.redemptions, "r.token")) AND \(isUncorrected(.tokens, "r.token"))
                    AND \(isUncorrected(.tenants, "a.number")) AND NOT EXISTS (
                    SELECT 1 FROM audit u
                    WHERE u.subject = 'T' || r.token AND u.action = 'token.redeem'
                        AND u.changes ->> 'tenantDomain' = a.domain AND CAST(u.changes ->> 'seats' AS BIGINT) = t.seats
                        AND u.changes ->> 'skuPartNumber' = t.sku_part_number
                        AND u.changes ->> 'redeemedOn' = r.redeemed_on
                        AND u.changes ->> 'seatBlockId' IS NOT DISTINCT FROM ('B' || r.seat_block)
                )
                """
        ),
        StoredFact(
            code: "registry.closed-without-row",
            breaches: """
                SELECT 'registry', 'The registry is closed as one that was copied to ' || s.place
                    || ', and its last ledger row does not say so (R19).'
                FROM registry_successor s WHERE NOT EXISTS (
                    SELECT 1 FROM audit u WHERE u.action = 'registry.copy' AND u.seal = s.seal
                        AND u.seal = (SELECT max(number) FROM seals)
                )
                """
        ),
        StoredFact(
            code: "redemption.missing",
            breaches: """
                SELECT u.subject, 'Row ' || u.sequence || ' of its ledger says that the token was redeemed, and there is '
                    || 'no redemption (R29).'
                FROM audit u WHERE u.action = 'token.redeem'
                    AND NOT EXISTS (SELECT 1 FROM redemptions WHERE token = CAST(substr(u.subject, 2) AS BIGINT))
                """
        ),
        StoredFact(
            code: "token.redeemed-twice",
            breaches: """
                SELECT subject, 'The ledger has ' || count(*) || ' redemptions of this token (R29).'
                FROM audit WHERE action = 'token.redeem' GROUP BY subject HAVING count(*) > 1
                """
        ),
        StoredFact(
            code: "ledger.differs-from-purchase",
            breaches: """
                SELECT 'B' || b.number, 'The ledger has no row of this purchase that agrees on its tenant, SKU, seats and '
                    || 'day (R31).'
                FROM seat_blocks b JOIN tenants a ON a.number = b.tenant
                WHERE b.purchase_source IS NOT NULL AND \(isUncorrected(.seatBlocks, "b.number"))
                    AND \(isUncorrected(.tenants, "a.number")) AND NOT EXISTS (
                    SELECT 1 FROM audit u
                    WHERE u.subject = a.domain AND u.changes ->> 'seatBlockId' = ('B' || b.number)
                        AND CAST(u.changes ->> 'seats' AS BIGINT) = b.seats AND u.changes ->> 'skuPartNumber' = b.sku_part_number
                        AND u.changes ->> 'startsOn' = b.starts_on
                )
                """
        ),
        StoredFact(
            code: "token.missing",
            breaches: """
                SELECT u.subject, 'Row ' || u.sequence || ' of its ledger says that ' || (u.changes ->> 'tokens')
                    || ' tokens were imported, and not all of them are there.'
                FROM audit u WHERE u.action = 'token.import' AND u.changes ->> 'firstTokenId' IS NOT NULL
                    AND CAST(u.changes ->> 'tokens' AS BIGINT) <> (
                        SELECT count(*) FROM tokens
                        WHERE number BETWEEN CAST(substr(u.changes ->> 'firstTokenId', 2) AS BIGINT)
                            AND CAST(substr(u.changes ->> 'lastTokenId', 2) AS BIGINT)
                    )
                UNION ALL
                SELECT u.subject, 'Row ' || u.sequence || ' of its ledger says that the token was replaced by '
                    || (u.changes ->> 'replacementId') || ', and it was not (R46).'
                FROM audit u WHERE u.action = 'token.replace'
                    AND NOT EXISTS (
                        SELECT 1 FROM token_replacements
                        WHERE token = CAST(substr(u.subject, 2) AS BIGINT)
                            AND replacement = CAST(substr(u.changes ->> 'replacementId', 2) AS BIGINT)
                    )
                UNION ALL
                SELECT trim(CAST(j.value AS TEXT), '"'), 'Row ' || u.sequence || ' of its ledger says that the token was issued, and it is not there.'
                FROM audit u, json_each(u.changes, '$.tokens') j
                WHERE u.action = 'enrollment.add'
                    AND NOT EXISTS (SELECT 1 FROM tokens WHERE number = CAST(substr(trim(CAST(j.value AS TEXT), '"'), 2) AS BIGINT))
                """
        ),
    ]
}
