extension StoredFact {
    /// A person has a name until it is erased, and belongs to one organisation.
    static let people = [
        StoredFact(
            code: "person.nameless",
            breaches: """
                SELECT p.pseudonym, CASE WHEN p.erased_at IS NULL
                    THEN 'The name is not there, and was not erased.' ELSE 'The name was erased, and is there.' END
                FROM people p LEFT JOIN person_names n ON n.person = p.number
                WHERE (n.person IS NULL) <> (p.erased_at IS NOT NULL)
                """
        ),
        StoredFact(
            code: "tenant.foreign-administrator",
            breaches: """
                SELECT t.domain, 'Its administrator is another organisation''s person.'
                FROM tenants t JOIN people p ON p.number = t.administrator WHERE p.organization <> t.organization
                UNION ALL
                SELECT t.domain, 'The administrator of a sign-up is another organisation''s person.'
                FROM service_signups s JOIN tenants t ON t.number = s.tenant JOIN people p ON p.number = s.administrator
                WHERE p.organization <> t.organization
                """
        ),
    ]
}
