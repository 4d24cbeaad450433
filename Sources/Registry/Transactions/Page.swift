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
