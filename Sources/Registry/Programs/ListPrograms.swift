/// The programmes as they stand now, in the order of their ids.
public struct ListPrograms: RegistryQuery {
    public static let summary = "List the programmes"

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> [ProgramResource] {
        try context.reading.programs().map(ProgramResource.init)
    }
}
