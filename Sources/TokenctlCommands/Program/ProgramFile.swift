import JSON
import Registry
import RegistryAPI

/// A licence table in JSON or CSV, with the line of every field.
struct ProgramFile {
    /// The fields of ``ImportPrograms``.
    private(set) var fields: WireValue = [:]
    private var lines: [String: Int]
    private let isCSV: Bool
    private var problems: [InputProblem] = []

    /// - Throws: `Refusal` with `import.invalid` that names every field which is not of the table's shape.
    init(_ bytes: [UInt8]) throws {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        guard let first = bytes.first(where: { !" \t\r\n".utf8.contains($0) }) else {
            throw Refusal(.importInvalid, "The file is empty; expected a licence table.")
        }
        isCSV = first != UInt8(ascii: "{")
        let document: WireValue
        if isCSV {
            let table = try ProgramCSV(bytes)
            (document, lines, problems) = (table.document, table.lines, table.problems)
        } else {
            (document, lines) = try Self.readJSON(bytes)
        }
        fields = ["programs": read(document, as: try ProgramSchema.document, "")["programs"]]
        guard problems.isEmpty else {
            throw Refusal(
                .importInvalid,
                "\(problems.count == 1 ? "A field of the file is" : "\(problems.count) fields of the file are")"
                    + " wrong; nothing was imported.",
                facts: ["problemCount": problems.count],
                inputProblems: problems.sorted { $0.row < $1.row }
            )
        }
    }

    /// The problem with each field's line instead of its programme's position.
    func locating(_ problem: Problem) -> Problem {
        Problem(
            code: problem.code,
            title: problem.title,
            status: problem.status,
            exitCode: problem.exitCode,
            detail: problem.detail,
            rule: problem.rule,
            requestID: problem.requestID,
            members: Refusal.Facts(problem.members),
            problems: problem.problems.map { inputProblem(at: $0.column ?? "", $0.detail, rule: $0.rule) }
        )
    }

    private static func readJSON(_ bytes: ArraySlice<UInt8>) throws -> (WireValue, [String: Int]) {
        do {
            return try JSONScanner.scanWithLines(bytes)
        } catch let fault as JSONFault {
            let detail = "The file is not JSON: on line \(fault.line), column \(fault.column), \(fault.reason)."
            throw Refusal(
                .importInvalid,
                detail,
                inputProblems: [InputProblem(row: fault.line, column: nil, code: .importInvalid, detail: detail)]
            )
        }
    }

    // MARK: The schema

    /// The value with what its schema knows of it; what is wrong with it is a problem.
    private mutating func read(_ value: WireValue, as schema: WireValue, _ path: String) -> WireValue {
        switch (schema.types.first ?? "", value) {
        case (_, .null): return .null
        case ("object", .object(let members)):
            let known = schema["properties"]
            return .object(
                members.compactMap { member in
                    let place = path.isEmpty ? member.name : "\(path).\(member.name)"
                    guard known[member.name] != .null else {
                        let near = nearNames(to: member.name, among: known.members.map(\.name)).first
                        let end = near.map { "; did you mean \($0)?" } ?? "."
                        report(place, "Unknown field \(quoted(member.name))\(end)")
                        return nil
                    }
                    return .init(name: member.name, value: read(member.value, as: known[member.name], place))
                }
            )
        case ("array", .list(let items)):
            return .list(items.enumerated().map { read($1, as: schema["items"], "\(path)[\($0)]") })
        case ("array", .parameter(let text)):
            let parts = text.split(separator: ";").map { trimmingBlanks(String($0)) }.filter { !$0.isEmpty }
            return .list(parts.map { .text($0) })
        case ("boolean", .flag): return value
        case ("boolean", _): report(path, "Expected true or false.")
        case ("string", .text), ("string", .parameter):
            return .text(value.cellText)
        case ("integer", .number(let text)), ("integer", .parameter(let text)):
            if let number = Int(text) { return .number(String(number)) }
            report(path, "\(quoted(text)) is not a whole number.")
        case ("integer", .text(let text)) where Int(text) != nil:
            report(path, "Expected a number, without quotes.")
        case ("integer", _): report(path, "\(quoted(value.cellText)) is not a whole number.")
        case ("object", _): report(path, "Expected an object, in braces.")
        case ("array", _): report(path, "Expected a list, in brackets.")
        default: report(path, "Expected a text, in quotes.")
        }
        return .null
    }

    private mutating func report(_ path: String, _ detail: String) {
        problems.append(inputProblem(at: path, detail))
    }

    private func inputProblem(at path: String, _ detail: String, rule: Rule? = nil) -> InputProblem {
        let column = isCSV ? path.split(separator: ".").last.map(String.init) : path
        return InputProblem(row: line(of: path), column: column, code: .inputInvalid, rule: rule, detail: detail)
    }

    /// The line of the field, or of what it would stand in.
    private func line(of path: String) -> Int {
        var path = path[...]
        while !path.isEmpty {
            if let line = lines[String(path)] { return line }
            path = path[..<(path.lastIndex { $0 == "." || $0 == "[" } ?? path.startIndex)]
        }
        return 1
    }
}

/// The JSON Schema of the licence table: what `program export --schema` prints, and what the fields of a file are read by.
enum ProgramSchema {
    static let text = String(decoding: PackageResources.program_table_schema_json, as: UTF8.self)

    /// - Throws: nothing, unless the file is broken.
    static var document: WireValue {
        get throws { try JSONScanner.scan(PackageResources.program_table_schema_json) }
    }

    static var program: WireValue {
        get throws { try document["properties"]["programs"]["items"] }
    }
}

extension WireValue {
    /// What a JSON Schema has as `type`.
    fileprivate var types: [String] {
        self["type"].items.isEmpty ? [self["type"].cellText] : self["type"].items.map(\.cellText)
    }
}
