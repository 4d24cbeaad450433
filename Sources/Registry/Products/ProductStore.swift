public protocol ProductReading {
    /// All versions, by product and by the day they came.
    func productVersions() throws -> [ProductVersion]
    /// Each product on each machine of the organisation, as its latest activation by `day` left it; by product, then by
    /// machine.
    func installations(of organization: OrganizationID, through day: CalendarDate) throws -> [Installation]
}

public protocol ProductWriting {
    /// - Throws: `Refusal` with `identifier.taken` when the product has the version already.
    func insert(_ version: ProductVersion, recordedAt: Instant) throws
}
