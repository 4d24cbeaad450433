import Registry
import Synchronization

/// Organisations that were read lately. An organisation is recorded once, and never changes.
package final class KnownOrganizations: Sendable {
    /// So many at most; then they are read anew.
    private static let limit = 10_000

    private let known = Mutex<[OrganizationID: Organization]>([:])

    package init() {}

    subscript(id: OrganizationID) -> Organization? { known.withLock { $0[id] } }

    /// - Parameter organization: one that is committed.
    func learn(_ organization: Organization) {
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[organization.id] = organization
        }
    }
}
