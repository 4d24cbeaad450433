/// R07: the versions of products that the programme has, by product and by the day they came.
public struct ListProductVersions: RegistryQuery {
    public static let summary = "List the versions of products that the programme has"

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> [ProductVersion] {
        try context.reading.productVersions()
    }
}
