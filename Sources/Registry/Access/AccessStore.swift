public protocol AccessReading {
    /// The permissions that any of `principals` holds in `organization` at `instant`.
    func permissions(of principals: [Principal], in organization: OrganizationID, at instant: Instant) throws
        -> Set<Permission>
    /// The organisations in which any of `principals` holds one of `permissions` at `instant`, in the order of their ids.
    func organizations(
        grantedTo principals: [Principal],
        holding permissions: [Permission],
        at instant: Instant,
        after id: OrganizationID?,
        limit: Int
    ) throws -> [Organization]
    /// Every grant that was ever made in `organization`, in order.
    func grants(in organization: OrganizationID) throws -> [StoredGrant]
}

public protocol AccessWriting {
    func insert(_ grant: AccessGrant) throws
    /// Ends `grant` at `instant`. It must not have been revoked before.
    func revoke(_ grant: StoredGrant, at instant: Instant) throws
}
