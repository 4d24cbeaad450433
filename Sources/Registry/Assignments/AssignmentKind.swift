/// The two ways to use a product (R41).
public enum AssignmentKind: String, Choice {
    public static let summary = "Whether a person uses a cloud seat or an on-premises licence."

    /// A seat of a SKU on a tenant.
    case cloud
    /// Software in the organisation's own hands.
    case onPremises = "on-premises"
}
