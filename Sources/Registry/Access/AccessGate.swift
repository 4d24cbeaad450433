/// What a use case is about, found and permitted to its caller. Only ``AccessGate`` makes one.
public struct Permitted<Subject> {
    public let subject: Subject
    /// Whose affair it is, and in whose part of the ledger its rows stand; nil for the registry's own.
    public let organizationID: OrganizationID?

    fileprivate init(_ subject: Subject, in organizationID: OrganizationID?) {
        self.subject = subject
        self.organizationID = organizationID
    }

    /// The same permission, of something that belongs to its subject.
    func map<Other>(_ transform: (Subject) -> Other) -> Permitted<Other> {
        Permitted<Other>(transform(subject), in: organizationID)
    }
}

/// Decides who may do what, before anything else of a use case is looked at.
///
/// Each method finds what the use case is about and asks for a permission in its organisation (R13, R14, R15). Whoever
/// holds nothing at all in that organisation is told that there is no such thing, in the words and at the cost of a
/// thing that does not exist; whoever holds something else is denied.
public struct AccessGate {
    let reading: any RegistryReading
    let caller: Caller
    let now: Instant
    let secrets: any SecretBox

    /// Catalogues, rules and how the registry stands are public.
    public func anybody() -> Permitted<Void> {
        Permitted((), in: nil)
    }

    /// Root and the registry's own user.
    /// - Throws: ``AccessDenial`` for everybody else.
    public func owner() throws -> Permitted<Void> {
        guard caller.ownsRegistry else {
            throw AccessDenial(
                refusal: Refusal(
                    .accessDenied,
                    rule: .r13,
                    "Only root and the registry's own user may do this; \(caller.principal) is neither.",
                    facts: ["principal": caller.principal]
                ),
                organizationID: nil,
                permission: nil,
                asked: "registry"
            )
        }
        return anybody()
    }

    /// An organisation's ledger, for its administrator; for nil all of them, for the registry's owner.
    /// - Throws: as ``organization(_:for:)`` and ``owner()``.
    public func ledger(of organization: OrganizationID?) throws -> Permitted<Void> {
        guard let organization else { return try owner() }
        return try self.organization(organization, for: .administrator).map { _ in }
    }

    /// A permission in any organisation, for what names its organisations row by row: each row is decided again.
    /// - Throws: ``AccessDenial`` when the caller holds it nowhere.
    public func anywhere(_ permission: Permission) throws -> Permitted<Void> {
        let organizations = try caller.ownsRegistry ? [] : ownOrganizations(with: permission, limit: 1)
        guard caller.ownsRegistry || !organizations.isEmpty else {
            throw AccessDenial(
                refusal: Refusal(
                    .accessDenied,
                    rule: permission.rule,
                    "\(caller.principal) does not have the permission \"\(permission.rawValue)\"; an administrator of the "
                        + "organisation can grant it.",
                    facts: ["principal": caller.principal, "permission": permission]
                ),
                organizationID: nil,
                permission: permission,
                asked: "organization"
            )
        }
        return anybody()
    }

    /// - Parameter permission: nil for any of them.
    /// - Throws: ``AccessDenial``; `Refusal` with `organization.not-found` to the registry's owner.
    public func organization(_ id: OrganizationID, for permission: Permission?) throws -> Permitted<Organization> {
        let organization = try reading.organization(id)
        return try decide(
            organization,
            in: organization?.id,
            for: permission,
            asked: "organization \(id.value)"
        ) {
            let near = nearNames(to: id.value, among: try organizationNames(near: id.value))
            return Refusal(
                .organizationNotFound,
                "There is no organisation \(id).\(suggestion(near))",
                facts: ["organizationId": id, "near": near]
            )
        }
    }

    /// - Throws: ``AccessDenial``; `Refusal` with `enrollment.not-found` to the registry's owner.
    public func enrollment(_ id: EnrollmentID, for permission: Permission?) throws -> Permitted<Enrollment> {
        let enrollment = try reading.enrollment(id)
        return try decide(
            enrollment,
            in: enrollment?.organizationID,
            for: permission,
            asked: "enrollment \(id.value)"
        ) {
            .enrollmentNotFound(id, near: nearNames(to: id.value, among: try enrollmentNames(near: id.value)))
        }
    }

    /// - Throws: ``AccessDenial``; `Refusal` with `tenant.not-found` to the registry's owner.
    public func tenant(_ reference: TenantReference, for permission: Permission?) throws -> Permitted<Tenant> {
        let tenant = try reading.tenant(reference)
        return try decide(tenant, in: tenant?.organizationID, for: permission, asked: "tenant \(reference)") {
            let near = nearNames(to: reference.description, among: try domains(near: reference.description))
            return Refusal(
                .tenantNotFound,
                "There is no tenant \(reference).\(suggestion(near))",
                facts: ["tenant": reference, "near": near]
            )
        }
    }

    /// - Throws: ``AccessDenial``; `Refusal` with `token.not-found` to the registry's owner.
    public func token(_ id: TokenID, for permission: Permission?) throws -> Permitted<Token> {
        let token = try reading.token(id)
        return try decide(token, in: token?.organizationID, for: permission, asked: "token \(id)") {
            .tokenNotFound(id)
        }
    }

    /// - Throws: ``AccessDenial``; `Refusal` with `subscription.not-found` to the registry's owner.
    func subscription(_ id: SeatBlockID, for permission: Permission?) throws -> Permitted<PurchasedSubscription> {
        let block = try reading.seatBlock(id)
        let tenant = try block.flatMap { try reading.tenant(registering: $0.tenantDomain) }
        let purchase = block.flatMap { block in tenant.map { PurchasedSubscription(tenant: $0, block: block) } }
        return try decide(purchase, in: tenant?.organizationID, for: permission, asked: "subscription \(id)") {
            Refusal(.subscriptionNotFound, "There is no subscription \(id).", facts: ["seatBlockId": id])
        }
    }

    /// - Throws: ``AccessDenial``; `Refusal` with `key.not-found` to the registry's owner.
    public func productKey(_ id: ProductKeyID, for permission: Permission?) throws -> Permitted<ProductKey> {
        let key = try reading.productKey(id)
        return try decide(key, in: key?.organizationID, for: permission, asked: "key \(id)") {
            .keyNotFound(id)
        }
    }

    /// - Throws: ``AccessDenial``; `Refusal` with `key.not-found` to the registry's owner, and with `key.is-token` (R28)
    ///   to whoever may know of the token.
    public func productKey(_ code: ActivationCode, for permission: Permission?) throws -> Permitted<ProductKey> {
        let lookup = secrets.lookup(for: code)
        let key = try reading.productKey(withCode: lookup)
        let token = try reading.token(withCode: lookup)
        let holder = key?.organizationID ?? token?.organizationID
        let mayKnow = try holdsAnything(in: holder ?? Self.nobody)
        if key == nil, token != nil, mayKnow { throw Refusal.keyIsToken(lastGroup: code.lastGroup) }
        return try decide(key, in: holder, for: permission, asked: "key \(code.masked)") {
            Refusal(
                .keyNotFound,
                "The registry has no product key with the code \(code.masked); import the portal's keys, or check the "
                    + "code.",
                facts: ["maskedCode": code.masked]
            )
        }
    }

    /// Whether the caller may know that something of `organization` exists.
    public func holdsAnything(in organization: OrganizationID) throws -> Bool {
        if caller.ownsRegistry { return true }
        return try !permissions(in: organization).isEmpty
    }

    /// Whether the caller holds `permission` in `organization`.
    public func holds(_ permission: Permission, in organization: OrganizationID) throws -> Bool {
        if caller.ownsRegistry { return true }
        let held = try permissions(in: organization)
        return held.contains(permission) || held.contains(.administrator)
    }

    /// The organisations in which the caller holds `permission`, or any when that is nil, in the order of their ids.
    public func ownOrganizations(
        with permission: Permission? = nil,
        after id: OrganizationID? = nil,
        limit: Int
    ) throws -> [Organization] {
        try reading.organizations(
            grantedTo: principals,
            holding: permission.map { [$0, .administrator] } ?? Permission.allCases,
            at: now,
            after: id,
            limit: limit
        )
    }
}

extension AccessGate {
    private var principals: [Principal] { [caller.principal] + caller.groups }

    private func permissions(in organization: OrganizationID) throws -> Set<Permission> {
        try reading.permissions(of: principals, in: organization, at: now)
    }

    private func decide<Subject>(
        _ subject: Subject?,
        in organizationID: OrganizationID?,
        for permission: Permission?,
        asked: String,
        notFound: () throws -> Refusal
    ) throws -> Permitted<Subject> {
        if caller.ownsRegistry {
            guard let subject else { throw try notFound() }
            return Permitted(subject, in: organizationID)
        }
        // What does not exist is asked about too, so that both cost the same.
        let held = try permissions(in: organizationID ?? Self.nobody)
        guard let subject, let organizationID, !held.isEmpty else {
            throw AccessDenial(refusal: try notFound(), organizationID: nil, permission: permission, asked: asked)
        }
        if let permission, !held.contains(permission), !held.contains(.administrator) {
            throw AccessDenial(
                refusal: denied(permission, in: organizationID),
                organizationID: organizationID,
                permission: permission,
                asked: asked
            )
        }
        return Permitted(subject, in: organizationID)
    }

    /// No organisation has this id: an identifier has a character at least.
    private static let nobody = OrganizationID(stored: "")

    private func denied(_ permission: Permission, in organization: OrganizationID) -> Refusal {
        Refusal(
            .accessDenied,
            rule: permission.rule,
            "\(caller.principal) does not have the permission \"\(permission.rawValue)\" in \(organization); "
                + "an administrator of the organisation can grant it.",
            facts: ["principal": caller.principal, "permission": permission, "organizationId": organization]
        )
    }

    /// So many names are compared at most.
    private static let nearLimit = 50

    /// What a suggestion may name: the owner's neighbours of `name`, anybody else's own organisations.
    private func organizationNames(near name: String) throws -> [String] {
        if caller.ownsRegistry { return try reading.organizationIDs(around: name, limit: Self.nearLimit).map(\.value) }
        return try ownOrganizations(limit: Self.nearLimit).map(\.id.value)
    }

    private func enrollmentNames(near name: String) throws -> [String] {
        try organizationNames(near: name).prefix(Self.nearLimit).flatMap { organization in
            try reading.enrollments(of: OrganizationID(stored: organization)).prefix(Self.nearLimit).map(\.id.value)
        }
    }

    private func domains(near name: String) throws -> [String] {
        if caller.ownsRegistry { return try reading.domains(around: name, limit: Self.nearLimit) }
        return try ownOrganizations(with: .cloud, limit: Self.nearLimit).flatMap { organization in
            try reading.tenants(of: organization.id).prefix(Self.nearLimit).flatMap { $0.domains.map(\.description) }
        }
    }
}
