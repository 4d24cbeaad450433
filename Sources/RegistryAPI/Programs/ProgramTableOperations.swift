import Registry

/// The licence table as a file has it: a field that is left out has no value.
public struct ProgramTableResource: Codable, Sendable {
    public var programs: [Entry]

    public init(programs: [Entry]) {
        self.programs = programs
    }

    public struct Entry: Codable, Sendable {
        public var id: String?
        public var name: String?
        /// What the rules tell programmes apart by; the id where it is left out.
        public var kind: String?
        public var benefits: [Benefit]?

        public init(id: String?, name: String?, kind: String?, benefits: [Benefit]?) {
            self.id = id
            self.name = name
            self.kind = kind
            self.benefits = benefits
        }
    }

    public struct Benefit: Codable, Sendable {
        public var product: String?
        public var quantity: Int?
        /// Five times the quantity where it is left out (R49).
        public var countryMaximum: Int?
        /// Fifteen times the quantity where it is left out (R49).
        public var worldwideMaximum: Int?
        /// The SKU of its tokens, and the seats of each; both or neither.
        public var skuPartNumber: String?
        public var tokenSeats: Int?
        /// Where the figure comes from.
        public var source: String?
        /// `certain`, `likely` or `uncertain`.
        public var certainty: String?

        public init(
            product: String?,
            quantity: Int?,
            countryMaximum: Int?,
            worldwideMaximum: Int?,
            skuPartNumber: String?,
            tokenSeats: Int?,
            source: String?,
            certainty: String?
        ) {
            self.product = product
            self.quantity = quantity
            self.countryMaximum = countryMaximum
            self.worldwideMaximum = worldwideMaximum
            self.skuPartNumber = skuPartNumber
            self.tokenSeats = tokenSeats
            self.source = source
            self.certainty = certainty
        }
    }
}

extension ProgramTableResource {
    init(_ programs: [Program]) {
        self.init(
            programs: programs.map { program in
                Entry(
                    id: program.id.value,
                    name: program.name,
                    kind: program.kind.rawValue,
                    benefits: program.benefits.map { benefit in
                        Benefit(
                            product: benefit.product.rawValue,
                            quantity: benefit.quantity,
                            countryMaximum: benefit.countryMaximum,
                            worldwideMaximum: benefit.worldwideMaximum,
                            skuPartNumber: benefit.tokens?.skuPartNumber.description,
                            tokenSeats: benefit.tokens?.seats,
                            source: benefit.source,
                            certainty: benefit.certainty.rawValue
                        )
                    }
                )
            }
        )
    }

    var table: ProgramTable {
        ProgramTable(
            programs.map { entry in
                ProgramTable.Entry(
                    id: entry.id,
                    name: entry.name,
                    kind: entry.kind,
                    benefits: (entry.benefits ?? []).map { benefit in
                        ProgramTable.BenefitEntry(
                            product: benefit.product,
                            quantity: benefit.quantity,
                            countryMaximum: benefit.countryMaximum,
                            worldwideMaximum: benefit.worldwideMaximum,
                            skuPartNumber: benefit.skuPartNumber,
                            tokenSeats: benefit.tokenSeats,
                            source: benefit.source,
                            certainty: benefit.certainty
                        )
                    }
                )
            }
        )
    }
}

public enum ExportProgramsOperation: Operation {
    public static let route = Route(.get, "/v1/programs/table", "exportPrograms", "Give the whole licence table")

    public static func perform(_ input: NoInput, in call: Call) async throws -> ProgramTableResource {
        ProgramTableResource(try await call.answer(ProgramsQuery()))
    }
}

public enum ImportProgramsOperation: Operation {
    public static let route = Route(
        .put,
        "/v1/programs/table",
        "importPrograms",
        "Replace programmes by those of a licence table"
    )

    public struct Input: Codable, Sendable {
        public var programs: [ProgramTableResource.Entry]
        /// Where the table comes from.
        public var source: String?

        public init(_ table: ProgramTableResource, source: String?) {
            programs = table.programs
            self.source = source
        }
    }

    public struct Output: Codable, Sendable {
        public let added: [String]
        public let updated: [String]
        public let unchanged: [String]
        public let auditSequence: Int64
        public let dryRun: Bool
    }

    public static func perform(_ input: Input, in call: Call) async throws -> Output {
        let (programs, faults) = ProgramTable(
            ProgramTableResource(programs: input.programs).table.entries
        ).validated()
        guard faults.isEmpty else {
            throw Refusal(
                .importInvalid,
                "\(faults.count == 1 ? "A field of the table is" : "\(faults.count) fields of the table are") wrong; "
                    + "nothing was imported.",
                facts: [.init("problemCount", .number(faults.count))],
                inputProblems: faults.map { fault in
                    InputProblem(
                        row: position(in: fault.path),
                        column: fault.path,
                        code: .inputInvalid,
                        detail: fault.detail
                    )
                }
            )
        }
        let source = try input.source.map { try WireText.words($0, "source") } ?? "table"
        let answer = try await call.perform(ImportPrograms(programs, source: source))
        return Output(
            added: answer.added.map(\.value),
            updated: answer.updated.map(\.value),
            unchanged: answer.unchanged.map(\.value),
            auditSequence: answer.auditSequence,
            dryRun: call.options.isDryRun
        )
    }

    /// The programme's position in the table, from 1.
    private static func position(in path: String) -> Int {
        guard let open = path.firstIndex(of: "["), let close = path.firstIndex(of: "]") else { return 1 }
        return (Int(path[path.index(after: open)..<close]) ?? 0) + 1
    }
}
