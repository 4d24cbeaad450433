public protocol OrganizationReading {
    func organization(_ id: OrganizationID) throws -> Organization?
    /// In the order of their ids.
    func organizations(after id: OrganizationID?, limit: Int) throws -> [Organization]
    /// The ids that stand next to `text` in their order, `limit` at most: for suggestions.
    func organizationIDs(around text: String, limit: Int) throws -> [OrganizationID]
    func location(_ id: LocationID, of organization: OrganizationID) throws -> Location?
    /// The headquarters first, then in the order of their ids.
    func locations(of organization: OrganizationID) throws -> [Location]
}

public protocol OrganizationWriting {
    func insert(_ organization: Organization, recordedAt: Instant) throws
    func insert(_ location: Location, recordedAt: Instant) throws
}

extension OrganizationReading {
    /// The organisation of something that the caller was permitted.
    /// - Throws: `Refusal` with `organization.not-found`.
    func requireOrganization(_ id: OrganizationID) throws -> Organization {
        if let organization = try organization(id) { return organization }
        throw Refusal(
            .organizationNotFound,
            "There is no organisation \(id).",
            facts: ["organizationId": id]
        )
    }

    /// - Throws: `Refusal` with `location.not-found`, near names included.
    func requireLocation(_ id: LocationID, of organization: OrganizationID) throws -> Location {
        if let location = try location(id, of: organization) { return location }
        let near = nearNames(to: id.value, among: try locations(of: organization).map(\.id.value))
        throw Refusal(
            .locationNotFound,
            "\(organization) has no location \(id).\(suggestion(near))",
            facts: ["organizationId": organization, "locationId": id, "near": near]
        )
    }
}

/// " Did you mean a or b?", or nothing when there is no near name.
func suggestion(_ near: [String]) -> String {
    near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
}
