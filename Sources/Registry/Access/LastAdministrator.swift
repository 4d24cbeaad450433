/// R13: an organisation keeps somebody who may grant.
enum LastAdministrator {
    /// Refuses to end `held` when no other grant to administer without an end is among `grants`, those in force.
    /// - Throws: `Refusal` with `access.last-administrator`.
    static func check(ending held: StoredGrant, among grants: [StoredGrant]) throws {
        guard held.grant.permission == .administrator, held.grant.until == nil else { return }
        let others = grants.filter {
            $0.number != held.number && $0.grant.permission == .administrator && $0.grant.until == nil
        }
        guard others.isEmpty else { return }
        throw Refusal(
            .lastAdministrator,
            rule: .r13,
            "\(held.grant.principal) is the last administrator of \(held.grant.organizationID) without an end; grant "
                + "somebody else \"administrator\" first.",
            facts: ["principal": held.grant.principal, "organizationId": held.grant.organizationID]
        )
    }
}
