/// What a redemption is to do with the seats that a tenant already has.
public enum RedemptionIntent: String, CaseIterable, Codable, Hashable, Sendable {
    /// More seats beside those that are there.
    case add
    /// The same seats for longer.
    case extend
}
