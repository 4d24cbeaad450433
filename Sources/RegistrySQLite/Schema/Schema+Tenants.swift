extension Schema {
    static let tenantTables = """
        CREATE TABLE skus (
            part_key TEXT PRIMARY KEY,
            part_number TEXT NOT NULL,
            document TEXT NOT NULL CHECK (json_valid(document)),
            recorded_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- A list that is imported again may say more of a SKU; it never takes one away.
        CREATE TRIGGER skus_no_rename BEFORE UPDATE ON skus WHEN OLD.part_key <> NEW.part_key
        BEGIN SELECT RAISE(ABORT, 'skus: seats are of this SKU'); END;
        CREATE TRIGGER skus_no_delete BEFORE DELETE ON skus
        BEGIN SELECT RAISE(ABORT, 'skus: seats are of this SKU'); END;

        CREATE TABLE tenants (
            number INTEGER PRIMARY KEY,
            -- The directory's GUID; null until it is known.
            id TEXT UNIQUE,
            organization INTEGER NOT NULL REFERENCES organizations,
            domain TEXT NOT NULL UNIQUE,
            administrator TEXT NOT NULL,
            signed_up_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX tenants_by_organization ON tenants (organization);

        -- R51: a domain belongs to one tenant.
        CREATE TABLE tenant_domains (
            domain TEXT PRIMARY KEY CHECK (domain = lower(domain)),
            tenant INTEGER NOT NULL REFERENCES tenants,
            position INTEGER NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX tenant_domains_by_tenant ON tenant_domains (tenant, position);

        CREATE TABLE service_signups (
            number INTEGER PRIMARY KEY,
            tenant INTEGER NOT NULL REFERENCES tenants,
            service TEXT NOT NULL,
            administrator TEXT NOT NULL,
            enrollment INTEGER REFERENCES enrollments,
            signed_up_on TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX service_signups_by_tenant ON service_signups (tenant);
        CREATE INDEX service_signups_by_enrollment ON service_signups (enrollment) WHERE enrollment IS NOT NULL;

        """
        + appendOnly(
            "tenants",
            key: "number",
            unique: ["id", "domain"],
            // Its id may become known, once.
            except: """
                OLD.id IS NULL AND NEW.id IS NOT NULL AND NEW.number IS OLD.number
                AND NEW.organization IS OLD.organization AND NEW.domain IS OLD.domain
                AND NEW.administrator IS OLD.administrator AND NEW.signed_up_on IS OLD.signed_up_on
                AND NEW.recorded_at IS OLD.recorded_at AND NOT EXISTS (SELECT 1 FROM tenants WHERE id = NEW.id)
                """,
            because: "a tenant never changes hands"
        )
        + appendOnly("tenant_domains", key: "domain", because: "a domain belongs to one tenant (R51)")
        + appendOnly("service_signups", key: "number", because: "a sign-up is recorded once")
}
