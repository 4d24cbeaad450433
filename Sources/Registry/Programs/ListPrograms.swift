/// The programmes as they stand now, in the order of their ids and editions.
public struct ListPrograms: RegistryQuery {
    public static let summary = "List the programmes"

    /// Nil for all.
    var edition: EditionID?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> [ProgramResource] {
        try context.reading.programs().filter { edition == nil || $0.edition.id == edition }.map(ProgramResource.init)
    }
}
