import CSV
import Registry
import RegistryAPI

/// The licence table as a spreadsheet has it: a line for each benefit, with its programme's fields before it.
///
/// A programme that grants nothing has one line, with its own fields alone. Lines of empty cells are skipped.
struct ProgramCSV {
    /// As in JSON, with texts for what may be numbers.
    private(set) var document: WireValue = [:]
    private(set) var lines: [String: Int] = [:]
    private(set) var problems: [InputProblem] = []

    /// - Throws: `Refusal` with `import.invalid` for a file without a usable header.
    init(_ bytes: ArraySlice<UInt8>) throws {
        let firstLine = bytes.prefix { $0 != UInt8(ascii: "\n") }
        guard firstLine.contains(where: { ",;".utf8.contains($0) }) else {
            throw Refusal(
                .importInvalid,
                "The file is neither JSON nor CSV. 'tokenctl program export' prints the table as JSON, and with -o csv as CSV."
            )
        }
        let (own, columns) = try Self.columns
        var reader = CSVReader(required: ["id"], optional: Array(columns.dropFirst()))
        var programs: [(fields: WireValue, benefits: [WireValue])] = []
        var places: [String: Int] = [:]
        var rows: [CSVRow] = []
        try reader.read(OneChunk(bytes: Array(bytes))) { rows.append($0) }
        for row in rows {
            let fields = columns.enumerated().map { ($1, trimmingBlanks(row.text(of: $0))) }.filter { !$1.isEmpty }
            if fields.isEmpty { continue }
            let benefit = WireValue(fields.filter { !own.contains($0.0) })
            let program = WireValue(fields.filter { own.contains($0.0) })
            let key = "\(program[text: "id"]) \(program[text: "edition"])"
            let place = places[key, default: programs.count]
            if place == programs.count {
                places[key] = place
                lines["programs[\(place)]"] = row.line
                programs.append((program, []))
            }
            for (column, name) in columns.enumerated() where own.contains(name) {
                let (first, here) = (programs[place].fields[text: name], program[text: name])
                guard !here.isEmpty, here != first else { continue }
                problems.append(row.problem(column, "The programme has \(quoted(first)) on an earlier line."))
            }
            guard !benefit.members.isEmpty else { continue }
            lines["programs[\(place)].benefits[\(programs[place].benefits.count)]"] = row.line
            programs[place].benefits.append(benefit)
        }
        problems += reader.inputProblems
        for name in reader.header?.unrecognized ?? [] where !name.isEmpty {
            let end = nearNames(to: name, among: columns).first.map { "; did you mean \($0)?" } ?? "."
            problems.append(
                InputProblem(row: 1, column: name, code: .inputInvalid, detail: "Unknown column \(quoted(name))\(end)")
            )
        }
        document = ["programs": programs.map { $0.fields.setting("benefits", to: $0.benefits) }]
    }

    /// The table as CSV.
    static func text(of table: some Encodable, forExcel: Bool) throws -> String {
        let (own, columns) = try columns
        var bytes: [UInt8] = []
        let writer = CSVWriter(forExcel: forExcel)
        writer.begin(&bytes)
        writer.append(columns, to: &bytes)
        for program in try WireEncoder.value(of: table)["programs"].items {
            let benefits = program["benefits"].items.map(Self.joiningLists)
            for benefit in benefits.isEmpty ? [[:]] : benefits {
                writer.append(columns.map { (own.contains($0) ? program : benefit)[text: $0] }, to: &bytes)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A list stands in one cell, its parts between semicolons.
    private static func joiningLists(_ benefit: WireValue) -> WireValue {
        .object(
            benefit.members.map { member in
                guard case .list(let items) = member.value else { return member }
                return .init(name: member.name, value: .text(items.map(\.cellText).joined(separator: "; ")))
            }
        )
    }

    /// The columns of a programme, and all of them: its own, then those of a benefit.
    private static var columns: (own: [String], all: [String]) {
        get throws {
            let program = try ProgramSchema.program["properties"]
            let own = program.members.map(\.name).filter { !["benefits", "traits"].contains($0) }
            return (own, own + program["benefits"]["items"]["properties"].members.map(\.name))
        }
    }
}

extension WireValue {
    fileprivate init(_ texts: [(String, String)]) {
        self = .object(texts.map { Member(name: $0, value: .parameter($1)) })
    }
}
