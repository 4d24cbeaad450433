package import Registry

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
            id_recorded_at INTEGER CHECK ((id_recorded_at IS NULL) = (id IS NULL)),
            organization INTEGER NOT NULL REFERENCES organizations,
            domain TEXT NOT NULL UNIQUE,
            administrator INTEGER NOT NULL REFERENCES people,
            signed_up_on TEXT NOT NULL,
            -- The first day without it.
            left_on TEXT,
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
            administrator INTEGER NOT NULL REFERENCES people,
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
                OLD.id IS NULL AND NEW.id IS NOT NULL AND NEW.number IS NOT DISTINCT FROM OLD.number
                AND NEW.organization IS NOT DISTINCT FROM OLD.organization AND NEW.domain IS NOT DISTINCT FROM OLD.domain
                AND NEW.administrator IS NOT DISTINCT FROM OLD.administrator AND NEW.signed_up_on IS NOT DISTINCT FROM OLD.signed_up_on
                AND NEW.recorded_at IS NOT DISTINCT FROM OLD.recorded_at AND NEW.left_on IS NOT DISTINCT FROM OLD.left_on
                AND NOT EXISTS (SELECT 1 FROM tenants WHERE id = NEW.id)
                OR \(CorrectableTable.tenants.isCorrected)
                """,
            because: "a tenant never changes hands"
        )
        + appendOnly(
            "tenant_domains",
            key: "domain",
            except: CorrectableTable.domains.isCorrected,
            because: "a domain belongs to one tenant (R51)"
        )
        + appendOnly("service_signups", key: "number", because: "a sign-up is recorded once")
}

extension SQLSession {
    package func tenant(_ id: TenantID) throws -> Tenant? {
        try database.first("\(Self.tenantColumns) WHERE t.id = ?", [id.value], tenant)
    }

    package func tenant(registering domain: DomainName) throws -> Tenant? {
        try database.first(
            "\(Self.tenantColumns) WHERE t.number = (SELECT tenant FROM tenant_domains WHERE domain = ?)",
            [domain.description],
            tenant
        )
    }

    package func tenants(of organization: OrganizationID) throws -> [Tenant] {
        try database.all("\(Self.tenantColumns) WHERE o.id = ? ORDER BY t.number", [organization.value], tenant)
    }

    package func domains(around text: String, limit: Int) throws -> [String] {
        try neighbours(of: text, in: "domain", of: "tenant_domains", limit: limit)
    }

    package func sku(_ partNumber: SKUPartNumber) throws -> SKU? {
        try database.first("SELECT document FROM skus WHERE part_key = ?", [partNumber.key]) {
            try SKURecord.value(in: $0[0])
        }
    }

    package func skus(after partNumber: SKUPartNumber?, limit: Int) throws -> [SKU] {
        try database.all(
            "SELECT document FROM skus WHERE part_key > ? ORDER BY part_key LIMIT ?",
            [partNumber?.key ?? "", limit]
        ) { try SKURecord.value(in: $0[0]) }
    }

    package func insert(_ tenant: Tenant, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO tenants (id, id_recorded_at, organization, domain, administrator, signed_up_on, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                tenant.id?.value, tenant.id == nil ? nil : recordedAt,
                try number(of: "organizations", id: tenant.organizationID.value), tenant.domain.value,
                try personNumber(tenant.administrator, in: tenant.organizationID), tenant.signedUpOn.description,
                recordedAt.microsecondsSinceEpoch,
            ]
        )
        for domain in tenant.domains { try add(domain, to: tenant.domain, recordedAt: recordedAt) }
        for signup in tenant.services { try add(signup, to: tenant.domain, recordedAt: recordedAt) }
    }

    package func add(_ domain: DomainName, to tenant: DomainName, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO tenant_domains (domain, tenant, position, recorded_at)
            VALUES (?1, ?2, (SELECT count(*) FROM tenant_domains WHERE tenant = ?2), ?3)
            """,
            [domain.description, try tenantNumber(tenant), recordedAt.microsecondsSinceEpoch]
        )
    }

    package func add(_ signup: ServiceSignup, to tenant: DomainName, recordedAt: Instant) throws {
        guard let organization = try self.tenant(registering: tenant)?.organizationID else {
            throw Refusal(.registryDamaged, "The registry refers to a tenant \(tenant) that does not exist.")
        }
        try database.run(
            """
            INSERT INTO service_signups (tenant, service, administrator, enrollment, signed_up_on, recorded_at)
            VALUES (?, ?, ?, (SELECT number FROM enrollments WHERE id = ?), ?, ?)
            """,
            [
                try tenantNumber(tenant), signup.service.rawValue,
                try personNumber(signup.administrator, in: organization),
                signup.enrollmentID?.value, signup.signedUpOn.description, recordedAt.microsecondsSinceEpoch,
            ]
        )
    }

    package func set(_ id: TenantID, of tenant: DomainName, recordedAt: Instant) throws {
        try database.run(
            "UPDATE tenants SET id = ?, id_recorded_at = ? WHERE number = ?",
            [id.value, recordedAt, try tenantNumber(tenant)]
        )
    }

    private func tenantNumber(_ domain: DomainName) throws -> Int64 {
        guard
            let number = try database.first(
                "SELECT number FROM tenants WHERE domain = ?",
                [domain.value],
                { try $0[0] as Int64 }
            )
        else {
            throw Refusal(.registryDamaged, "The registry refers to a tenant \(domain) that does not exist.")
        }
        return number
    }

    package func put(_ sku: SKU, recordedAt: Instant) throws {
        try database.run(
            """
            INSERT INTO skus (part_key, part_number, document, recorded_at) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (part_key) DO UPDATE SET part_number = ?2, document = ?3, recorded_at = ?4
            """,
            [
                sku.partNumber.key, sku.partNumber.description, try SKURecord.text(of: sku),
                recordedAt.microsecondsSinceEpoch,
            ]
        )
    }

    private static let tenantColumns = """
        SELECT t.*, o.id AS organization_id,
            (SELECT account FROM tenant_billing_accounts WHERE tenant = t.number ORDER BY number DESC LIMIT 1)
                AS billing_account, \(personName) AS administrator_name
        FROM tenants t JOIN organizations o ON o.number = t.organization \(joinPeople("t.administrator"))
        """

    private func tenant(_ row: StoredRow) throws -> Tenant {
        let number: Int64 = try row["number"]
        return Tenant(
            id: try row["id"],
            organizationID: try row["organization_id"],
            domains: try database.all("SELECT domain FROM tenant_domains WHERE tenant = ? ORDER BY position", [number])
            {
                try DomainName(stored: $0[0])
            },
            administrator: try row["administrator_name"],
            signedUpOn: try row["signed_up_on"],
            services: try database.all(
                """
                SELECT s.service, s.signed_up_on, \(Self.personName) AS administrator, e.id AS enrollment_id
                FROM service_signups s \(Self.joinPeople("s.administrator"))
                LEFT JOIN enrollments e ON e.number = s.enrollment WHERE s.tenant = ? ORDER BY s.number
                """,
                [number]
            ),
            billingAccount: try row["billing_account"],
            leftOn: try row["left_on"]
        )
    }
}
