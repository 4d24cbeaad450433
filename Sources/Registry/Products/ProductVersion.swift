/// R07: a version of a product, and the day on which it came into the programme.
public struct ProductVersion: Hashable, Sendable, Codable {
    /// The product as its keys name it; the same in either case.
    public let product: String
    public let version: String
    public let cameOn: CalendarDate
}
