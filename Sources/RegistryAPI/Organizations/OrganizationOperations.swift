import Registry

public enum AddOrganizationOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/organizations",
        "addOrganization",
        "Add an organisation",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var id: String
        public var name: String
        public var country: String
        public var timeZone: String?
        public var portal: String?
        public var yearLength: String?
        public var anniversaryBasis: String?

        public init(
            id: String,
            name: String,
            country: String,
            timeZone: String? = nil,
            portal: String? = nil,
            yearLength: String? = nil,
            anniversaryBasis: String? = nil
        ) {
            self.id = id
            self.name = name
            self.country = country
            self.timeZone = timeZone
            self.portal = portal
            self.yearLength = yearLength
            self.anniversaryBasis = anniversaryBasis
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> OrganizationResource {
        let timeZone = try input.timeZone.map { text in
            guard let zone = OrganizationTimeZone(text) else {
                throw WireText.invalid("timeZone", text, "it is the name of a time zone, such as Europe/Berlin, or UTC")
            }
            return zone
        }
        let country = try WireText.country(input.country)
        let assumed = CountryTimeZones.onlyZone(of: country).flatMap { OrganizationTimeZone($0) }
        let organization = Organization(
            id: try WireText.identifier(input.id, "id"),
            name: try WireText.words(input.name, "name"),
            country: country,
            timeZone: timeZone ?? assumed ?? .utc,
            portal: try input.portal.map { try WireText.choice($0, "portal") } ?? .partnerCenter,
            yearLength: try input.yearLength.map { try WireText.choice($0, "yearLength") } ?? .calendar,
            anniversaryBasis: try input.anniversaryBasis.map { try WireText.choice($0, "anniversaryBasis") }
                ?? .currentAnniversary
        )
        let added = try await call.perform(AddOrganization(organization))
        return OrganizationResource(added, warnings: timeZone == nil && assumed == nil ? [noTimeZone(of: country)] : [])
    }

    private static func noTimeZone(of country: CountryCode) -> Warning {
        let zones = CountryTimeZones.zones(of: country)
        let some = zones.prefix(3).joined(separator: ", ")
        return Warning(
            code: "organization.time-zone-assumed",
            rule: nil,
            detail: "No time zone was given, and \(country) has "
                + (zones.isEmpty ? "none of its own" : "several (\(some)\(zones.count > 3 ? ", …" : ""))")
                + ": days are counted in UTC. An organisation's time zone never changes; give it with --time-zone."
        )
    }
}

public enum ListOrganizationsOperation: Operation {
    public static let route = Route(.get, "/v1/organizations", "listOrganizations", "List organisations")

    public struct Input: Codable, Sendable {
        public var after: String?
        public var limit: Int?

        public init(after: String? = nil, limit: Int? = nil) {
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<OrganizationResource> {
        let page = try await call.answer(
            OrganizationsQuery(
                after: try input.after.map { try WireText.identifier($0, "after") },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(items: page.items.map { OrganizationResource($0) }, next: page.next?.value)
    }
}

public enum ShowOrganizationOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}",
        "showOrganization",
        "Show an organisation"
    )

    public static func perform(_ input: OrganizationInput, in call: Call) async throws -> OrganizationResource {
        let id: OrganizationID = try WireText.identifier(input.organization, "organization")
        return OrganizationResource(try await call.answer(OrganizationQuery(id: id)))
    }
}

/// The input of operations on one organisation.
public struct OrganizationInput: Codable, Sendable {
    public var organization: String

    public init(organization: String) {
        self.organization = organization
    }
}

public enum AddLocationOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/organizations/{organization}/locations",
        "addLocation",
        "Add a location",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var organization: String
        public var id: String
        public var name: String
        public var country: String
        public var associated: Bool?

        public init(organization: String, id: String, name: String, country: String, associated: Bool? = nil) {
            self.organization = organization
            self.id = id
            self.name = name
            self.country = country
            self.associated = associated
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> LocationResource {
        LocationResource(
            try await call.perform(
                AddLocation(
                    organizationID: try WireText.identifier(input.organization, "organization"),
                    id: try WireText.identifier(input.id, "id"),
                    name: try WireText.words(input.name, "name"),
                    country: try WireText.country(input.country),
                    isAssociated: input.associated ?? true
                )
            )
        )
    }
}

public enum ListLocationsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/organizations/{organization}/locations",
        "listLocations",
        "List an organisation's locations"
    )

    public static func perform(_ input: OrganizationInput, in call: Call) async throws -> [LocationResource] {
        let id: OrganizationID = try WireText.identifier(input.organization, "organization")
        return try await call.answer(LocationsQuery(organizationID: id)).map(LocationResource.init)
    }
}
