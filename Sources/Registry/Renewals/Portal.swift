/// Where an organisation renews; it decides the renewal window and what an upgrade costs.
public enum Portal: String, Choice {
    public static let summary = "Where the organisation manages its membership."

    /// Partner Center, the default: renewed in the 30 days after the year's last day.
    case partnerCenter = "partner-center"
    /// Partner Membership Center: renewed in the 90 days up to the year's last day.
    case membershipCenter = "pmc"
}
