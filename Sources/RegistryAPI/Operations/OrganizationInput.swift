/// The input of operations on one organisation.
public struct OrganizationInput: Codable, Sendable {
    public var organization: String

    public init(organization: String) {
        self.organization = organization
    }
}
