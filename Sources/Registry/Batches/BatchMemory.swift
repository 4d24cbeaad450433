/// What the rows of a batch share: read for the first of them that asks.
///
/// What is kept here must not change while the rows are carried out, or be kept up to date by what changes it.
final class BatchMemory {
    private var values: [AnyHashable: Any] = [:]

    func value<Value>(for key: some Hashable) -> Value? { values[key] as? Value }

    func keep(_ value: some Any, for key: some Hashable) { values[key] = value }
}

extension CommandContext {
    /// What `read` gives; among the rows of a batch what it gave for the first that asked under this key.
    func shared<Value>(_ key: some Hashable, _ read: () throws -> Value) rethrows -> Value {
        guard let memory else { return try read() }
        if let known: Value = memory.value(for: key) { return known }
        let value = try read()
        memory.keep(value, for: key)
        return value
    }

    /// What an earlier row read under this key; nil outside of a batch.
    func sharedEarlier<Value>(_ key: some Hashable) -> Value? { memory?.value(for: key) }
}

/// What the rows of a batch share, by what it is about.
enum Shared: Hashable {
    case programs
    case organization(OrganizationID)
    case location(OrganizationID, LocationID)
    case sku(SKUPartNumber)
    case blocks(DomainName, SKUPartNumber)
    case seats(DomainName, SeatPool, CalendarDate)
    case entitlement(OrganizationID, ProductLine, Sharing, CalendarDate)
}

extension CommandContext {
    /// - Throws: `Refusal` with `organization.not-found`.
    func organization(_ id: OrganizationID) throws -> Organization {
        try shared(Shared.organization(id)) { try transaction.requireOrganization(id) }
    }

    /// - Throws: `Refusal` with `location.not-found`.
    func location(_ id: LocationID, of organization: OrganizationID) throws -> Location {
        try shared(Shared.location(organization, id)) { try transaction.requireLocation(id, of: organization) }
    }

    /// What the programmes' product lines are used as in the cloud.
    func programSKUs() throws -> ProgramSKUs {
        try shared(Shared.programs) { ProgramSKUs(try transaction.programs()) }
    }
}
