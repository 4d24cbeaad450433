/// A part of a long list, in the order of its keys.
public struct Page<Item: Sendable, Key: Sendable>: Sendable {
    public let items: [Item]
    /// Where the next page begins, exclusive; nil on the last page.
    public let next: Key?

    public init(items: [Item], next: Key?) {
        self.items = items
        self.next = next
    }
}

extension Page: Codable where Item: Codable, Key: Codable {
    private enum Field: CodingKey {
        case items
        case next
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Field.self)
        items = try container.decode([Item].self, forKey: .items)
        next = try container.decode(Nullable<Key>.self, forKey: .next).wrappedValue
    }

    /// What is next is always said: null on the last page.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Field.self)
        try container.encode(items, forKey: .items)
        try container.encode(Nullable(wrappedValue: next), forKey: .next)
    }
}
