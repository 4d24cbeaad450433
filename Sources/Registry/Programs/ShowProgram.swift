/// A programme as it stands now.
public struct ShowProgram: RegistryQuery {
    public static let summary = "Show a programme"

    let program: ProgramID
    /// Nil for the newest.
    var edition: EditionID?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> ProgramResource {
        ProgramResource(try context.reading.requireProgram(program, edition: edition))
    }
}
