public import Registry

public struct AccessResource: Codable, Sendable {
    public let organizationId: String
    public let principal: String
    public let permission: String
    public let from: String
    /// The last day with the permission.
    @Nullable public var until: String?
    public let grantedBy: String
    @Nullable public var revokedAt: String?

    init(_ view: AccessView) {
        organizationId = view.grant.organizationID.value
        principal = view.grant.principal
        permission = view.grant.permission.rawValue
        from = view.grant.from.description
        until = view.through?.description
        grantedBy = view.grant.grantedBy
        revokedAt = view.revokedAt?.description
    }
}

/// Who could have seen a code, and who did. Root and the registry's own user always can, and are not listed.
public struct TokenExposureResource: Codable, Sendable {
    public let tokenId: String
    public let from: String
    public let until: String
    public let could: [Holder]
    public let did: [AuditEntryResource]
    public let refused: [AuditEntryResource]

    public struct Holder: Codable, Sendable {
        public let principal: String
        public let permission: String
        public let from: String
        @Nullable public var until: String?
        public let grantedBy: String
    }

    init(_ answer: TokenExposure.Answer) throws {
        tokenId = answer.id.description
        from = answer.from.description
        until = answer.through.description
        could = answer.could.map { stored in
            Holder(
                principal: stored.grant.principal,
                permission: stored.grant.permission.rawValue,
                from: stored.grant.from.description,
                until: stored.end?.description,
                grantedBy: stored.grant.grantedBy
            )
        }
        did = try answer.did.map(AuditEntryResource.init)
        refused = try answer.refused.map(AuditEntryResource.init)
    }
}
