public import Registry

public enum AssignSeatOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/tenants/{tenant}/assignments",
        "assignSeat",
        "Give a user a seat",
        successStatus: 201
    )

    public struct Input: Codable, Sendable {
        public var tenant: String
        public var userPrincipalName: String
        public var skuPartNumber: String
        /// Nil for the headquarters.
        public var location: String?
        /// Nil for internal use.
        public var purpose: String?
        /// `program`, or a purchase's own words; nil for the programme's seats, or else for purchased ones.
        public var source: String?
        /// The first day; nil for today.
        public var on: String?

        public init(
            tenant: String,
            userPrincipalName: String,
            skuPartNumber: String,
            location: String? = nil,
            purpose: String? = nil,
            source: String? = nil,
            on: String? = nil
        ) {
            self.tenant = tenant
            self.userPrincipalName = userPrincipalName
            self.skuPartNumber = skuPartNumber
            self.location = location
            self.purpose = purpose
            self.source = source
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> Performed<RecordedAssignmentResource> {
        let command = AssignSeat(
            user: try UserPrincipalName(input.userPrincipalName),
            tenant: try TenantReference(input.tenant),
            skuPartNumber: try WireText.partNumber(input.skuPartNumber, "skuPartNumber"),
            locationID: try input.location.map { try WireText.identifier($0, "location") },
            purpose: input.purpose,
            source: try input.source.map { try WireText.words($0, "source") },
            on: try input.on.map { try WireText.date($0, "on") }
        )
        return Performed(try await call.perform(command), isDryRun: call.options.isDryRun)
    }
}

public enum ReleaseSeatOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/tenants/{tenant}/assignments/release",
        "releaseSeat",
        "Take a user's seat back"
    )

    public struct Input: Codable, Sendable {
        public var tenant: String
        public var userPrincipalName: String
        public var skuPartNumber: String
        /// The first day without it; nil for today.
        public var on: String?

        public init(tenant: String, userPrincipalName: String, skuPartNumber: String, on: String? = nil) {
            self.tenant = tenant
            self.userPrincipalName = userPrincipalName
            self.skuPartNumber = skuPartNumber
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> Performed<RecordedAssignmentResource> {
        let command = ReleaseSeat(
            user: try UserPrincipalName(input.userPrincipalName),
            tenant: try TenantReference(input.tenant),
            skuPartNumber: try WireText.partNumber(input.skuPartNumber, "skuPartNumber"),
            on: try input.on.map { try WireText.date($0, "on") }
        )
        return Performed(try await call.perform(command), isDryRun: call.options.isDryRun)
    }
}
