/// The whole licence table, in the form that ``ImportPrograms`` takes.
public struct ExportPrograms: RegistryQuery {
    public static let summary = "Give the whole licence table"

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> ProgramExport {
        ProgramExport(programs: try context.reading.programs())
    }
}

/// The licence table as it stands now.
public struct ProgramExport: Hashable, Sendable, Codable {
    /// In the order of their ids.
    public let programs: [Program]
}
