public protocol AccessReading {
    /// The permissions that any of `principals` holds in `organization` at `instant`.
    func permissions(of principals: [Principal], in organization: OrganizationID, at instant: Instant) throws
        -> Set<Permission>
    /// Every grant that was ever made in `organization`, in order.
    func grants(in organization: OrganizationID) throws -> [StoredGrant]
}

public protocol AccessWriting {
    func insert(_ grant: AccessGrant) throws
    /// Ends `grant` at `instant`. It must not have been revoked before.
    func revoke(_ grant: StoredGrant, at instant: Instant) throws
}

extension AccessReading {
    /// R13, R14, R15: refuses unless `caller` owns the registry or was granted `permission`, or to administer.
    func require(
        _ permission: Permission,
        of caller: Caller,
        in organization: OrganizationID,
        at instant: Instant
    ) throws {
        if caller.ownsRegistry { return }
        let held = try permissions(of: [caller.principal] + caller.groups, in: organization, at: instant)
        guard held.contains(permission) || held.contains(.administrator) else {
            throw Refusal(
                .accessDenied,
                rule: .r13,
                "\(caller.principal) does not have the permission \"\(permission.rawValue)\" in \(organization); "
                    + "an administrator of the organisation can grant it.",
                facts: [
                    .init("principal", .text(caller.principal.description)),
                    .init("permission", .text(permission.rawValue)),
                    .init("organizationId", .text(organization.value)),
                ]
            )
        }
    }

    /// Refuses unless `caller` owns the registry.
    func requireOwner(_ caller: Caller) throws {
        guard caller.ownsRegistry else {
            throw Refusal(
                .accessDenied,
                rule: .r13,
                "Only root and the registry's own user may do this; \(caller.principal) is neither.",
                facts: [.init("principal", .text(caller.principal.description))]
            )
        }
    }
}
