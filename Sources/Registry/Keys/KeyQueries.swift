/// A product key as it stands on a day.
public struct ProductKeyView: Hashable, Sendable {
    public let key: ProductKey
    public let use: KeyUse
    public let forecast: ActivationForecast
    /// R26: the machines that the key activated often within a year, each time taking one from its count.
    public let reimagedOften: [MachineActivations]
}

public struct ProductKeyQuery: RegistryQuery {
    public let id: ProductKeyID

    public init(id: ProductKeyID) {
        self.id = id
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<ProductKey> {
        try gate.productKey(id, for: .keys)
    }

    public func answer(on key: ProductKey, in context: QueryContext) throws -> ProductKeyView {
        let organization = try context.reading.requireOrganization(key.organizationID)
        return try context.reading.view(of: key, on: context.today(in: organization))
    }
}

/// R16: an organisation's product keys, the same for everybody who may see them, in the order of their ids.
public struct ProductKeysQuery: RegistryQuery {
    public let organizationID: OrganizationID
    public let after: ProductKeyID?
    public let limit: Int

    public init(organizationID: OrganizationID, after: ProductKeyID?, limit: Int) {
        self.organizationID = organizationID
        self.after = after
        self.limit = limit
    }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organizationID, for: .keys)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> Page<
        ProductKeyView, ProductKeyID
    > {
        let today = context.today(in: organization)
        let keys = try context.reading.productKeys(of: organization.id, after: after, limit: limit)
        let views = try keys.map { try context.reading.view(of: $0, on: today) }
        return Page(items: views, next: keys.count == limit ? keys.last?.id : nil)
    }
}

extension KeyReading {
    func view(of key: ProductKey, on day: CalendarDate) throws -> ProductKeyView {
        let use = try keyUse(of: key.id, since: ActivationForecast.windowStart(on: day))
        let reimaged =
            ReimageAdvice.concerns(key) && use.consumed >= ReimageAdvice.times
            ? try machines(
                of: key.id,
                activatedAtLeast: ReimageAdvice.times,
                since: ReimageAdvice.windowStart(on: day)
            ) : []
        return ProductKeyView(
            key: key,
            use: use,
            forecast: ActivationForecast(activations: key.activations, use: use, today: day),
            reimagedOften: reimaged
        )
    }
}
