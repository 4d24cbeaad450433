/// Every operation, once: what the daemon's routes and the OpenAPI document are made from.
public enum OperationTable {
    public static let all: [OperationEntry] = [
        OperationEntry(AddOrganizationOperation.self),
        OperationEntry(ListOrganizationsOperation.self),
        OperationEntry(ShowOrganizationOperation.self),
        OperationEntry(AddLocationOperation.self),
        OperationEntry(ListLocationsOperation.self),

        OperationEntry(ListProgramsOperation.self),
        OperationEntry(ShowProgramOperation.self),
        OperationEntry(AddEnrollmentOperation.self),
        OperationEntry(ShowEnrollmentOperation.self),
        OperationEntry(ListEnrollmentsOperation.self),
        OperationEntry(EndEnrollmentOperation.self),

        OperationEntry(ListSKUsOperation.self),
        OperationEntry(ShowSKUOperation.self),
        OperationEntry(upload: ImportSKUsOperation.self),

        OperationEntry(SignUpTenantOperation.self),
        OperationEntry(ShowTenantOperation.self),
        OperationEntry(ListTenantsOperation.self),
        OperationEntry(AddDomainOperation.self),
        OperationEntry(AddSubscriptionOperation.self),
        OperationEntry(ListSeatsOperation.self),

        OperationEntry(upload: ImportTokensOperation.self),
        OperationEntry(ListTokensOperation.self),
        OperationEntry(ShowTokenOperation.self),
        OperationEntry(RevealTokenOperation.self),
        OperationEntry(RedeemTokenOperation.self),

        OperationEntry(ShowTokenExposureOperation.self),

        OperationEntry(GrantAccessOperation.self),
        OperationEntry(RevokeAccessOperation.self),
        OperationEntry(ListAccessOperation.self),

        OperationEntry(ListAuditOperation.self),
        OperationEntry(VerifyAuditOperation.self),
    ]
}
