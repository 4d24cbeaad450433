extension StoredFact {
    static let tenants = [
        StoredFact(
            code: "tenant.domain-differs",
            breaches: """
                SELECT a.domain, 'The tenant is called ' || a.domain || ', which is not the first of its domains (R51).'
                FROM tenants a
                WHERE NOT EXISTS (
                    SELECT 1 FROM tenant_domains d WHERE d.domain = a.domain AND d.tenant = a.number AND d.position = 0
                )
                """
        ),
        StoredFact(
            code: "location.headquarters",
            breaches: """
                SELECT o.id, 'The organisation has ' || count(l.number) || ' headquarters; it has exactly one.'
                FROM organizations o LEFT JOIN locations l ON l.organization = o.number AND l.headquarters = 1
                GROUP BY o.number HAVING count(l.number) <> 1
                """
        ),
        StoredFact(
            code: "enrollment.other-organization",
            breaches: """
                SELECT e.id, 'The enrollment''s location belongs to another organisation.'
                FROM enrollments e JOIN locations l ON l.number = e.location WHERE l.organization <> e.organization
                UNION ALL
                SELECT e.id, 'The enrollment renews one of another organisation.'
                FROM enrollments e JOIN enrollments p ON p.number = e.predecessor WHERE p.organization <> e.organization
                UNION ALL
                SELECT a.domain, 'The service was signed up for through an enrollment of another organisation (R36).'
                FROM service_signups s JOIN tenants a ON a.number = s.tenant JOIN enrollments e ON e.number = s.enrollment
                WHERE a.organization <> e.organization
                """
        ),
        StoredFact(
            code: "benefit.differs-from-ledger",
            breaches: """
                SELECT e.id, 'The ledger does not say that the enrollment brings ' || b.quantity || ' of ' || b.product
                    || ', with the maxima ' || b.country_maximum || ' and ' || b.worldwide_maximum || ' (R12).'
                FROM enrollment_benefits b JOIN enrollments e ON e.number = b.enrollment AND e.program = b.program
                WHERE \(isUncorrected(.enrollments, "e.number")) AND NOT EXISTS (
                    SELECT 1 FROM audit u, json_each(u.changes, '$.grants') g
                    WHERE u.subject = e.id AND u.action = 'enrollment.add'
                        AND g.value ->> 'product' = b.product AND CAST(g.value ->> 'quantity' AS BIGINT) = b.quantity
                        AND CAST(g.value ->> 'countryMaximum' AS BIGINT) = b.country_maximum
                        AND CAST(g.value ->> 'worldwideMaximum' AS BIGINT) = b.worldwide_maximum
                )
                """
        ),
        StoredFact(
            code: "sku.unknown",
            breaches: """
                SELECT sku_part_number, 'There are tokens or seats of a SKU that the catalogue does not have (R39).'
                FROM (
                    SELECT DISTINCT sku_part_number FROM tokens UNION SELECT DISTINCT sku_part_number FROM seat_blocks
                ) used
                WHERE NOT EXISTS (SELECT 1 FROM skus WHERE part_number = sku_part_number)
                    AND NOT EXISTS (SELECT 1 FROM skus WHERE part_key = upper(sku_part_number))
                """
        ),
    ]
}
