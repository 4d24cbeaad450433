/// The two ways to use a product (R41).
public enum AssignmentKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// A seat of a SKU on a tenant.
    case cloud
    /// Software in the organisation's own hands.
    case onPremises = "on-premises"
}
