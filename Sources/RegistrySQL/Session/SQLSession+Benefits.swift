package import Registry

extension Schema {
    static let benefitTables = """
        -- R54: a benefit of an enrollment is redeemed without a code, once and whole.
        CREATE TABLE benefit_redemptions (
            enrollment INTEGER NOT NULL REFERENCES enrollments,
            product TEXT NOT NULL,
            tenant INTEGER NOT NULL REFERENCES tenants,
            seat_block INTEGER NOT NULL UNIQUE REFERENCES seat_blocks,
            redeemed_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL,
            PRIMARY KEY (enrollment, product)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER benefit_redemptions_match_seat_block BEFORE INSERT ON benefit_redemptions
        WHEN NOT EXISTS (
            SELECT 1 FROM seat_blocks b
            WHERE b.number = NEW.seat_block AND b.token IS NULL AND b.enrollment = NEW.enrollment
                AND b.tenant = NEW.tenant AND b.starts_on = NEW.redeemed_on
        )
        BEGIN SELECT RAISE(ABORT, 'benefit_redemptions: all of the benefit goes to its tenant (R54)'); END;

        -- R54: the billing accounts that are an organisation's own.
        CREATE TABLE billing_accounts (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            account TEXT NOT NULL CHECK (account <> ''),
            recorded_at INTEGER NOT NULL,
            UNIQUE (organization, account)
        ) STRICT;

        -- R54: the one that a tenant stands under: the latest.
        CREATE TABLE tenant_billing_accounts (
            number INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            account TEXT NOT NULL CHECK (account <> ''),
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX tenant_billing_accounts_by_tenant ON tenant_billing_accounts (tenant);

        """
        + appendOnly(
            "benefit_redemptions",
            key: "enrollment, product",
            unique: ["seat_block"],
            because: "a benefit is redeemed at most once, for ever (R54)"
        )
        + appendOnly(
            "billing_accounts",
            key: "number",
            unique: ["organization, account"],
            because: "a billing account is recorded once"
        )
        + appendOnly("tenant_billing_accounts", key: "number", because: "a change is a new row")
}

extension SQLSession {
    package func benefitRedemptions(of organization: OrganizationID) throws -> [BenefitRedemption] {
        try database.all(
            """
            SELECT e.id AS enrollment_id, b.product, t.domain AS tenant_domain, b.seat_block AS seat_block_id, b.redeemed_on
            FROM benefit_redemptions b JOIN enrollments e ON e.number = b.enrollment JOIN tenants t ON t.number = b.tenant
            WHERE e.organization = (SELECT number FROM organizations WHERE id = ?) ORDER BY b.seat_block
            """,
            [organization.value]
        )
    }

    package func billingAccounts(of organization: OrganizationID) throws -> [String] {
        try database.all(
            """
            SELECT account FROM billing_accounts
            WHERE organization = (SELECT number FROM organizations WHERE id = ?) ORDER BY number
            """,
            [organization.value]
        ) { try $0[0] as String }
    }

    package func insert(_ redemption: BenefitRedemption, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO benefit_redemptions (enrollment, product, tenant, seat_block, redeemed_on, recorded_at)
            VALUES ((SELECT number FROM enrollments WHERE id = ?), ?, (SELECT number FROM tenants WHERE domain = ?), ?, ?, ?)
            """,
            [
                redemption.enrollmentID, redemption.product, redemption.tenantDomain, redemption.seatBlockID,
                redemption.redeemedOn, recordedAt,
            ]
        )
    }

    package func add(billingAccount: String, of organization: OrganizationID, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO billing_accounts (organization, account, recorded_at)
            VALUES ((SELECT number FROM organizations WHERE id = ?), ?, ?)
            """,
            [organization.value, billingAccount, recordedAt]
        )
    }

    package func set(billingAccount: String, of tenant: DomainName, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO tenant_billing_accounts (tenant, account, recorded_at)
            VALUES ((SELECT number FROM tenants WHERE domain = ?), ?, ?)
            """,
            [tenant.value, billingAccount, recordedAt]
        )
    }
}
