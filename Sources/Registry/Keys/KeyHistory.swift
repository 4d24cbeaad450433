/// A product key's activations, in the order in which they were recorded.
public struct KeyHistoryQuery: RegistryQuery {
    public let id: ProductKeyID
    public let after: KeyActivationID?
    public let limit: Int

    public init(id: ProductKeyID, after: KeyActivationID?, limit: Int) {
        self.id = id
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        try gate.productKey(id, for: .keys)
    }

    public func answer(on key: ProductKey, in context: QueryContext) throws -> Page<KeyActivation, KeyActivationID> {
        let activations = try context.reading.activations(of: key.id, after: after, limit: limit)
        return Page(items: activations, next: activations.count == limit ? activations.last?.id : nil)
    }
}
