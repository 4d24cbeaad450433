package import Registry

extension Schema {
    static let reservationTables = """
        -- R29: who carries a token to the portal, and until when. A token's last row counts; the earlier ones are over.
        CREATE TABLE token_reservations (
            number INTEGER PRIMARY KEY,
            token INTEGER NOT NULL REFERENCES tokens,
            organization INTEGER NOT NULL REFERENCES organizations,
            tenant INTEGER NOT NULL REFERENCES tenants,
            principal TEXT NOT NULL,
            reserved_at INTEGER NOT NULL,
            reserved_until INTEGER NOT NULL CHECK (reserved_until > reserved_at)
        ) STRICT;
        CREATE INDEX token_reservations_by_token ON token_reservations (token, number);
        CREATE INDEX token_reservations_by_organization ON token_reservations (organization, reserved_until);

        CREATE TABLE token_releases (
            reservation INTEGER PRIMARY KEY REFERENCES token_reservations,
            released_at INTEGER NOT NULL,
            released_by TEXT NOT NULL
        ) STRICT;

        CREATE TRIGGER token_reservations_taken BEFORE INSERT ON token_reservations
        WHEN EXISTS (
            SELECT 1 FROM token_reservations r
            WHERE r.number = (SELECT max(number) FROM token_reservations WHERE token = NEW.token)
                AND r.reserved_until > NEW.reserved_at
                AND NOT EXISTS (SELECT 1 FROM token_releases WHERE reservation = r.number)
        )
        BEGIN SELECT RAISE(ABORT, 'token_reservations: the token is reserved (R29)'); END;
        CREATE TRIGGER token_reservations_of_redeemed BEFORE INSERT ON token_reservations
        WHEN EXISTS (SELECT 1 FROM redemptions WHERE token = NEW.token)
        BEGIN SELECT RAISE(ABORT, 'token_reservations: the token is redeemed (R29)'); END;
        CREATE TRIGGER token_reservations_match BEFORE INSERT ON token_reservations
        WHEN NOT EXISTS (SELECT 1 FROM tokens WHERE number = NEW.token AND organization = NEW.organization)
            OR NOT EXISTS (SELECT 1 FROM tenants WHERE number = NEW.tenant AND organization = NEW.organization)
        BEGIN SELECT RAISE(ABORT, 'token_reservations: the tenant is of another organisation (R30)'); END;
        CREATE TRIGGER redemptions_reserved BEFORE INSERT ON redemptions
        WHEN EXISTS (
            SELECT 1 FROM token_reservations r
            WHERE r.number = (SELECT max(number) FROM token_reservations WHERE token = NEW.token)
                AND r.reserved_until > NEW.recorded_at AND r.tenant <> NEW.tenant
                AND NOT EXISTS (SELECT 1 FROM token_releases WHERE reservation = r.number)
        )
        BEGIN SELECT RAISE(ABORT, 'redemptions: the token is reserved for another tenant (R29)'); END;

        """
        + appendOnly(
            "token_reservations",
            key: "number",
            because: "who reserved a token is kept (R19)"
        )
        + appendOnly("token_releases", key: "reservation", because: "a reservation is released once")
}

extension SQLSession {
    package func lastReservation(of token: TokenID) throws -> TokenReservation? {
        try database.first(
            "\(Self.reservationColumns) WHERE s.token = ? ORDER BY s.number DESC LIMIT 1",
            [token.number]
        )
    }

    package func reservations(
        in organization: OrganizationID,
        of tokens: ClosedRange<TokenID>,
        at now: Instant
    ) throws -> [TokenReservation] {
        try database.all(
            """
            \(Self.reservationColumns)
            WHERE s.organization = (SELECT number FROM organizations WHERE id = ?) AND s.reserved_until > ?
                AND s.token BETWEEN ? AND ? AND e.reservation IS NULL
            ORDER BY s.number
            """,
            [organization.value, now, tokens.lowerBound.number, tokens.upperBound.number]
        )
    }

    package func reserve(
        _ token: TokenID,
        for tenant: DomainName,
        by principal: Principal,
        at now: Instant,
        until end: Instant
    ) throws {
        try database.run(
            """
            INSERT INTO token_reservations (token, organization, tenant, principal, reserved_at, reserved_until)
            SELECT ?1, organization, number, ?3, ?4, ?5 FROM tenants WHERE domain = ?2
            """,
            [token, tenant, principal.description, now, end]
        )
    }

    package func release(_ reservation: TokenReservation, by principal: Principal, at now: Instant) throws {
        try database.run(
            "INSERT INTO token_releases (reservation, released_at, released_by) VALUES (?, ?, ?)",
            [reservation.number, now, principal.description]
        )
    }

    private static let reservationColumns = """
        SELECT s.*, s.token AS token_id, a.id AS tenant_id, a.domain AS tenant_domain, e.released_at
        FROM token_reservations s JOIN tenants a ON a.number = s.tenant
        LEFT JOIN token_releases e ON e.reservation = s.number
        """
}
