public import Registry

/// Every operation, once: what the daemon's routes and the OpenAPI document are made from.
public enum EndpointTable {
    /// The entry of a use case.
    public static func entry(of useCase: any UseCase.Type) -> Endpoint {
        guard let entry = byUseCase[ObjectIdentifier(useCase)] else { preconditionFailure("\(useCase) has no route") }
        return entry
    }

    private static let byUseCase = Dictionary(
        uniqueKeysWithValues: all.map { ($0.useCase, $0) }
    )

    /// All operations, grouped by subject.
    public static let all: [Endpoint] = [
        Endpoint(.post, "/v1/organizations", AddOrganization.self, status: 201),
        Endpoint(.get, "/v1/organizations", ListOrganizations.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/organizations/import", ImportOrganizations.self),
        Endpoint(.post, "/v1/locations/import", ImportLocations.self),
        Endpoint(.get, "/v1/organizations/{organization}", ShowOrganization.self),
        Endpoint(.post, "/v1/organizations/{organization}/locations", AddLocation.self, status: 201),
        Endpoint(.get, "/v1/organizations/{organization}/locations", ListLocations.self, mayBeLengthy: true),

        Endpoint(.post, "/v1/organizations/{organization}/corrections", CorrectOrganization.self),
        Endpoint(.get, "/v1/organizations/{organization}/corrections", ListCorrections.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/organizations/{organization}/locations/{location}/corrections", CorrectLocation.self),

        Endpoint(.post, "/v1/enrollments/{enrollment}/corrections", CorrectEnrollment.self),
        Endpoint(.post, "/v1/tokens/{token}/corrections", CorrectToken.self),
        Endpoint(.post, "/v1/redemptions/{token}/corrections", CorrectRedemption.self),
        Endpoint(.post, "/v1/subscriptions/{subscription}/corrections", CorrectSubscription.self),
        Endpoint(.post, "/v1/tenants/{tenant}/corrections", CorrectTenant.self),
        Endpoint(.post, "/v1/keys/{key}/corrections", CorrectKey.self),
        Endpoint(.post, "/v1/products/versions/corrections", CorrectProductVersion.self),
        Endpoint(.post, "/v1/skus/{skuPartNumber}/corrections", CorrectSKU.self, name: "correctSku"),

        Endpoint(.get, "/v1/programs", ListPrograms.self, mayBeLengthy: true),
        Endpoint(.get, "/v1/programs/{program}", ShowProgram.self),
        Endpoint(.get, "/v1/programs/table", ExportPrograms.self, isLengthy: true),
        Endpoint(.get, "/v1/editions/{from}/diff/{to}", DiffPrograms.self, mayBeLengthy: true),
        Endpoint(.put, "/v1/programs/table", ImportPrograms.self),
        Endpoint(.get, "/v1/enrollments/{enrollment}/upgrade", QuoteGoldUpgrade.self),
        Endpoint(.post, "/v1/enrollments/{enrollment}/upgrade", UpgradeToGold.self),
        Endpoint(.get, "/v1/enrollments/{enrollment}/media-quote", QuoteMedia.self),
        Endpoint(.post, "/v1/enrollments", AddEnrollment.self, status: 201),
        Endpoint(.post, "/v1/enrollments/import", ImportEnrollments.self),
        Endpoint(.get, "/v1/enrollments/{enrollment}", ShowEnrollment.self),
        Endpoint(.get, "/v1/organizations/{organization}/enrollments", ListEnrollments.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/enrollments/{enrollment}/end", EndEnrollment.self),

        Endpoint(.get, "/v1/skus", ListSKUs.self, name: "listSkus", mayBeLengthy: true),
        Endpoint(.get, "/v1/skus/{sku}", ShowSKU.self, name: "showSku"),
        Endpoint(.post, "/v1/skus/import", ImportSKUs.self, name: "importSkus"),

        Endpoint(.post, "/v1/tenants", SignUpTenant.self, status: 201),
        Endpoint(.get, "/v1/tenants/{tenant}", ShowTenant.self),
        Endpoint(.get, "/v1/organizations/{organization}/tenants", ListTenants.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/organizations/{organization}/reconciliation", ReconcileOrganization.self),
        Endpoint(.post, "/v1/tenants/{tenant}/domains", AddDomain.self, status: 201),
        Endpoint(.put, "/v1/tenants/{tenant}/id", SetTenantID.self, name: "setTenantId"),
        Endpoint(.post, "/v1/tenants/{tenant}/subscriptions", AddSubscription.self, status: 201),
        Endpoint(.post, "/v1/subscriptions/import", AddSubscriptions.self),
        Endpoint(.get, "/v1/tenants/{tenant}/seats", ListSeats.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/tenants/{tenant}/reconciliation", ReconcileTenant.self),
        Endpoint(.post, "/v1/tenants/{tenant}/reconciliation/apply", ApplyReconciliation.self),
        Endpoint(.get, "/v1/organizations/{organization}/assignments", ListSeatAssignments.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/tenants/{tenant}/assignments", AssignSeat.self, status: 201),
        Endpoint(.post, "/v1/tenants/{tenant}/assignments/release", ReleaseSeat.self),
        Endpoint(.get, "/v1/organizations/{organization}/licenses", ListLicenses.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/organizations/{organization}/licenses", AssignLicense.self, status: 201),
        Endpoint(.post, "/v1/organizations/{organization}/licenses/release", ReleaseLicense.self),
        Endpoint(.get, "/v1/organizations/{organization}/users", ListUsers.self, mayBeLengthy: true),
        Endpoint(.get, "/v1/tenants/{tenant}/users", ListSeatUsers.self, mayBeLengthy: true),
        Endpoint(.get, "/v1/organizations/{organization}/users/{user}", ShowUser.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/organizations/{organization}/users/{user}/switch", SwitchUser.self),
        Endpoint(.delete, "/v1/organizations/{organization}/users/{user}", EraseUser.self),
        Endpoint(.post, "/v1/organizations/{organization}/users/{userPrincipalName}/rename", RenameUser.self),
        Endpoint(.post, "/v1/users/rename", RenameUsers.self),
        Endpoint(.post, "/v1/organizations/{organization}/users/{userPrincipalName}/release", ReleaseUser.self),
        Endpoint(.post, "/v1/assignments/switch", SwitchUsers.self),
        Endpoint(.post, "/v1/assignments/assign-seats", AssignSeats.self),
        Endpoint(.post, "/v1/assignments/release-seats", ReleaseSeats.self),
        Endpoint(.post, "/v1/assignments/assign-licenses", AssignLicenses.self),
        Endpoint(.post, "/v1/assignments/release-licenses", ReleaseLicenses.self),

        Endpoint(.post, "/v1/enrollments/{enrollment}/tokens", ImportTokens.self, status: 201),
        Endpoint(.get, "/v1/organizations/{organization}/tokens", ListTokens.self, mayBeLengthy: true),
        Endpoint(.get, "/v1/tokens/{token}", ShowToken.self),
        Endpoint(.post, "/v1/tokens/{token}/reveal", RevealToken.self),
        Endpoint(.post, "/v1/tokens/{token}/reservation", ReserveToken.self, status: 201),
        Endpoint(.delete, "/v1/tokens/{token}/reservation", ReleaseToken.self),
        Endpoint(.post, "/v1/redemptions", RedeemToken.self, status: 201),
        Endpoint(.post, "/v1/benefit-redemptions", RedeemBenefit.self, status: 201),
        Endpoint(.get, "/v1/organizations/{organization}/benefits", ListBenefits.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/organizations/{organization}/billing-accounts", AddBillingAccount.self, status: 201),
        Endpoint(.put, "/v1/tenants/{tenant}/billing-account", SetBillingAccount.self),
        Endpoint(.post, "/v1/tokens/{token}/replace", ReplaceToken.self, status: 201),

        Endpoint(.get, "/v1/tokens/{token}/exposure", ShowTokenExposure.self, mayBeLengthy: true),

        Endpoint(.post, "/v1/enrollments/{enrollment}/keys", ImportKeys.self, status: 201),
        Endpoint(.get, "/v1/organizations/{organization}/keys", ListKeys.self, mayBeLengthy: true),
        Endpoint(.get, "/v1/keys/{key}", ShowKey.self),
        Endpoint(.post, "/v1/keys/{key}/reveal", RevealKey.self),
        Endpoint(.post, "/v1/activations", ActivateKey.self, status: 201),
        Endpoint(.get, "/v1/keys/{key}/activations", KeyHistory.self, mayBeLengthy: true),
        Endpoint(
            .get,
            "/v1/organizations/{organization}/installations",
            ListInstallations.self,
            mayBeLengthy: true
        ),
        Endpoint(.get, "/v1/products/versions", ListProductVersions.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/products/versions", AddProductVersion.self, status: 201),

        Endpoint(.get, "/v1/renewals", ListDueRenewals.self, isLengthy: true),
        Endpoint(.get, "/v1/renewals/calendar", ListRenewalCalendar.self, isLengthy: true),
        Endpoint(.get, "/v1/renewals/{enrollment}/plan", PlanRenewal.self, isLengthy: true),
        Endpoint(
            .post,
            "/v1/renewals/{enrollment}/plan",
            PlanIssuedRenewal.self,
            isLengthy: true,
            takesPlan: true
        ),
        Endpoint(.post, "/v1/renewals/{enrollment}/apply", ApplyRenewal.self, isLengthy: true, takesPlan: true),
        Endpoint(.get, "/v1/renewals/{enrollment}/successors", ListSuccessors.self, mayBeLengthy: true),
        Endpoint(.post, "/v1/renewals/{enrollment}/lapse", LapseRenewal.self),
        Endpoint(.get, "/v1/renewals/awaited", ListAwaitedRedemptions.self, isLengthy: true),

        Endpoint(
            .get,
            "/v1/organizations/{organization}/statement",
            ShowStatement.self,
            name: "statement",
            isLengthy: true
        ),
        Endpoint(
            .get,
            "/v1/organizations/{organization}/statement/{product}",
            ExplainStatement.self,
            isLengthy: true
        ),
        Endpoint(.get, "/v1/organizations/{organization}/timeline", ShowTimeline.self, isLengthy: true),
        Endpoint(
            .get,
            "/v1/organizations/{organization}/rules/{rule}",
            ShowRuleState.self,
            name: "ruleState",
            isLengthy: true
        ),

        Endpoint(.post, "/v1/organizations/{organization}/access", GrantAccess.self, status: 201),
        Endpoint(.delete, "/v1/organizations/{organization}/access/{principal}/{permission}", RevokeAccess.self),
        Endpoint(.get, "/v1/organizations/{organization}/access", ListAccess.self, mayBeLengthy: true),

        Endpoint(.get, "/v1/audit", ListAudit.self, isLengthy: true),
        Endpoint(.get, "/v1/audit/verify", VerifyAudit.self, isLengthy: true),
        Endpoint(.get, "/v1/audit/export", ExportAudit.self, isLengthy: true),
        Endpoint(.get, "/v1/check", Check.self, isLengthy: true),
        Endpoint(.get, "/v1/status", ShowStatus.self, isLengthy: true),
        Endpoint(.get, "/v1/notices", ListNotices.self, isLengthy: true),
    ]
}
