import Registry

public enum ListProgramsOperation: Operation {
    public static let route = Route(.get, "/v1/programs", "listPrograms", "List the programmes")

    public static func perform(_ input: NoInput, in call: Call) async throws -> [ProgramResource] {
        try await call.answer(ProgramsQuery()).map(ProgramResource.init)
    }
}

public enum ShowProgramOperation: Operation {
    public static let route = Route(.get, "/v1/programs/{program}", "showProgram", "Show a programme")

    public struct Input: Codable, Sendable {
        public var program: String

        public init(program: String) {
            self.program = program
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> ProgramResource {
        ProgramResource(try await call.answer(ProgramQuery(id: try WireText.identifier(input.program, "program"))))
    }
}
