/// How many items a page of a list has at most: 1 to 1,000.
public struct PageLimit: Hashable, Sendable {
    public static let range = 1...1_000
    /// The largest page, which is what is given unless a smaller one is asked for.
    public static let standard = PageLimit(unchecked: range.upperBound)

    public let value: Int

    private init(unchecked value: Int) {
        self.value = value
    }

    /// Nil unless `value` is in ``range``.
    public init?(_ value: Int) {
        guard Self.range.contains(value) else { return nil }
        self.init(unchecked: value)
    }
}

extension PageLimit: Codable {
    public init(from decoder: any Decoder) throws {
        let number = try decoder.singleValueContainer().decode(Int.self)
        guard let limit = PageLimit(number) else {
            throw Refusal.invalidField("limit", String(number), "a page has 1 to 1000 items")
        }
        self = limit
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
