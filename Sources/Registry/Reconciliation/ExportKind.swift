/// What an export of Microsoft's tools shows of a tenant, whichever tool wrote it.
public enum ExportKind: String, Choice {
    public static let summary = "What an export shows of a tenant."

    /// Every SKU with its units and how many users hold it: Graph's `subscribedSkus`, `m365 entra license list`,
    /// `Get-MgSubscribedSku`, `Get-MsolAccountSku`, Partner Center's subscribed SKUs.
    case subscribedSKUs = "subscribed-skus"
    /// Every purchase, with when it renews or ends: Graph's `directory/subscriptions`.
    case subscriptions
    /// Every user with the SKUs that the user holds: Graph's `users`, the admin centre's list of users.
    case users
    /// What was sold through a partner, and how much of it is assigned: Partner Center's licence deployment.
    case licenseDeployment = "license-deployment"
    /// How much of what is assigned is in use: Partner Center's licence usage.
    case licenseUsage = "license-usage"
}
