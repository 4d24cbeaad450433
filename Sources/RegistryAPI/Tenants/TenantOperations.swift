import Registry

public enum SignUpTenantOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/tenants",
        "signUpTenant",
        "Record that an organisation signed up for a cloud service; nothing happens at Microsoft",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var domain: String
        public var administrator: String
        public var tenantId: String?
        public var service: String?
        public var enrollment: String?
        public var on: String?

        public init(
            organization: String,
            domain: String,
            administrator: String,
            tenantId: String? = nil,
            service: String? = nil,
            enrollment: String? = nil,
            on: String? = nil
        ) {
            self.organization = organization
            self.domain = domain
            self.administrator = administrator
            self.tenantId = tenantId
            self.service = service
            self.enrollment = enrollment
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> TenantResource {
        let answer = try await call.perform(
            SignUpTenant(
                organizationID: try WireText.identifier(input.organization, "organization"),
                domain: try DomainName(input.domain),
                administrator: try UserPrincipalName(input.administrator),
                tenantID: try input.tenantId.map { try WireText.tenantID($0) },
                service: try input.service.map { try WireText.choice($0, "service") } ?? .office365,
                enrollmentID: try input.enrollment.map { try WireText.identifier($0, "enrollment") },
                on: try input.on.map { try WireText.date($0, "on") }
            )
        )
        return TenantResource(answer.tenant, warnings: answer.warnings)
    }
}

/// The input of operations on one tenant.
public struct TenantInput: Codable, Sendable {
    /// A registered domain, or the tenant's id.
    public var tenant: String

    public init(tenant: String) {
        self.tenant = tenant
    }
}

public enum ShowTenantOperation: Operation {
    public static let route = Route(.get, "/v1/tenants/{tenant}", "showTenant", "Show a tenant")

    public static func perform(_ input: TenantInput, in call: Call) async throws -> TenantResource {
        TenantResource(try await call.answer(TenantQuery(try TenantReference(input.tenant))))
    }
}

public enum ListTenantsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/tenants",
        "listTenants",
        "List an organisation's tenants"
    )

    public static func perform(_ input: OrganizationInput, in call: Call) async throws -> [TenantResource] {
        let id: OrganizationID = try WireText.identifier(input.organization, "organization")
        return try await call.answer(TenantsQuery(organizationID: id)).map { TenantResource($0) }
    }
}

public enum AddDomainOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/tenants/{tenant}/domains",
        "addDomain",
        "Register one more domain for a tenant",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var tenant: String
        public var domain: String

        public init(tenant: String, domain: String) {
            self.tenant = tenant
            self.domain = domain
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> TenantResource {
        TenantResource(
            try await call.perform(
                AddDomain(tenant: try TenantReference(input.tenant), domain: try DomainName(input.domain))
            )
        )
    }
}

public enum SetTenantIDOperation: Operation {
    public static let route = Route(
        .put,
        "/v1/tenants/{tenant}/id",
        "setTenantId",
        "Record the id of a tenant that was signed up before it was known"
    )

    public struct Input: Codable, Sendable {
        public var tenant: String
        public var tenantId: String

        public init(tenant: String, tenantId: String) {
            self.tenant = tenant
            self.tenantId = tenantId
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> TenantResource {
        TenantResource(
            try await call.perform(
                SetTenantID(tenant: try TenantReference(input.tenant), id: try WireText.tenantID(input.tenantId))
            )
        )
    }
}

public enum AddSubscriptionOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/tenants/{tenant}/subscriptions",
        "addSubscription",
        "Record seats bought outside the programme",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var tenant: String
        public var skuPartNumber: String
        public var seats: Int
        public var source: String
        public var endsOn: String?
        public var on: String?

        public init(
            tenant: String,
            skuPartNumber: String,
            seats: Int,
            source: String,
            endsOn: String? = nil,
            on: String? = nil
        ) {
            self.tenant = tenant
            self.skuPartNumber = skuPartNumber
            self.seats = seats
            self.source = source
            self.endsOn = endsOn
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> SubscriptionResource {
        guard (1...1_000_000).contains(input.seats) else {
            throw WireText.invalid("seats", String(input.seats), "it is a number from 1 to 1000000")
        }
        let source = try WireText.words(input.source, "source")
        guard source != SeatSource.programDescription, !source.hasPrefix("\(SeatSource.programDescription) (") else {
            throw WireText.invalid("source", source, "that word is kept for the programme's own seats")
        }
        let answer = try await call.perform(
            AddSubscription(
                tenant: try TenantReference(input.tenant),
                skuPartNumber: try WireText.partNumber(input.skuPartNumber, "skuPartNumber"),
                seats: input.seats,
                source: source,
                endsOn: try input.endsOn.map { try WireText.date($0, "endsOn") },
                on: try input.on.map { try WireText.date($0, "on") }
            )
        )
        return SubscriptionResource(answer, dryRun: call.options.isDryRun)
    }
}
