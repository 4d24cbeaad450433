/// What a redemption is to do with the seats that a tenant already has.
public enum RedemptionIntent: String, Choice {
    public static let summary = "Whether a redemption adds seats, or extends the service of those that are there."

    /// More seats beside those that are there.
    case add
    /// The same seats for longer.
    case extend
}
