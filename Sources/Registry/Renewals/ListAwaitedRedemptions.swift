/// The renewals that were asked to be redeemed, and wait for a next year that has begun.
public struct ListAwaitedRedemptions: RegistryQuery {
    public static let summary = "List the renewals whose placement can be carried out now"

    /// As seen from this day; nil for today.
    var on: CalendarDate?
    var after: EnrollmentID?
    var limit: PageLimit?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(
        on _: Void,
        in context: QueryContext
    ) throws -> Page<AwaitedRedemptionResource, EnrollmentID> {
        // A zone to the east may be a day ahead; the redemption itself goes by its own organisation's day.
        let day = on ?? OrganizationTimeZone.utc.day(of: context.now)
        let limit = (limit ?? .standard).value
        let found = try context.visible(limit: limit, by: { $0.enrollment.id < $1.enrollment.id }) { organizationID in
            try context.reading.renewalsAwaitingRedemption(on: day, of: organizationID, after: after, limit: limit)
        }
        return Page(
            items: found.map {
                AwaitedRedemptionResource(enrollmentId: $0.enrollment.id, organizationId: $0.organization.id)
            },
            next: found.count == limit ? found.last?.enrollment.id : nil
        )
    }
}

/// A renewal whose placement waits to be carried out.
public struct AwaitedRedemptionResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
}
