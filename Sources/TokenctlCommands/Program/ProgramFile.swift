import Registry
import RegistryAPI
import Yams

/// A licence table in YAML or JSON, with the line of every field. JSON is read as the YAML that it also is.
struct ProgramFile {
    /// The fields of ``ImportPrograms``.
    let fields: WireValue
    private let lines: [String: Int]

    /// - Throws: `Refusal` with `import.invalid` that names every field which is not of the table's shape.
    init(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.importInvalid, "The file is not UTF-8. Save it as UTF-8.")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.unreadable(error)
        }
        guard let root else { throw Refusal(.importInvalid, "The file is empty; expected a list of programmes.") }
        var reader = ProgramFileReader()
        fields = reader.read(root)
        lines = reader.lines
        guard reader.problems.isEmpty else {
            throw Refusal(
                .importInvalid,
                "\(reader.problems.count == 1 ? "A field of the file is" : "\(reader.problems.count) fields of the file are")"
                    + " wrong; nothing was imported.",
                facts: [.init("problemCount", .number(reader.problems.count))],
                inputProblems: reader.problems.sorted { $0.row < $1.row }
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
            members: problem.members,
            problems: problem.problems.map { item in
                InputProblem(
                    row: item.column.flatMap(line) ?? item.row,
                    column: item.column,
                    code: item.code,
                    rule: item.rule,
                    detail: item.detail
                )
            }
        )
    }

    /// The line of the field, or of what it would stand in.
    private func line(of path: String) -> Int? {
        var path = path[...]
        while true {
            if let line = lines[String(path)] { return line }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
            path = path[..<end]
        }
    }

    private static func unreadable(_ error: YamlError) -> Refusal {
        let line: Int
        let reason: String
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (line, reason) = (mark.line, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            line = context.mark.line
            reason = "the key \(duplicates.map { "\($0)" }.joined(separator: ", ")) occurs twice"
        default:
            (line, reason) = (1, "it is unreadable")
        }
        let detail = "The file is neither YAML nor JSON: on line \(line), \(reason)."
        return Refusal(
            .importInvalid,
            detail,
            inputProblems: [InputProblem(row: line, column: nil, code: .importInvalid, detail: detail)]
        )
    }
}

/// Walks a document and takes what has the shape of a licence table.
private struct ProgramFileReader {
    private(set) var lines: [String: Int] = [:]
    private(set) var problems: [InputProblem] = []

    mutating func read(_ root: Node) -> WireValue {
        let list: Node?
        if root.sequence != nil {
            list = root
            lines["programs"] = line(root)
        } else {
            list = fields(of: root, "", known: ["programs"])["programs"]
            if list == nil, problems.isEmpty { report(root, "programs", "The list \"programs\" is missing.") }
        }
        return ["programs": items(list, "programs").map { program($0, $1) }]
    }

    private mutating func program(_ node: Node, _ path: String) -> WireValue {
        let fields = fields(of: node, path, known: ["id", "name", "kind", "benefits"])
        return [
            "id": text(fields["id"], "\(path).id"),
            "name": text(fields["name"], "\(path).name"),
            "kind": text(fields["kind"], "\(path).kind"),
            "benefits": items(fields["benefits"], "\(path).benefits").map { benefit($0, $1) },
        ]
    }

    private mutating func benefit(_ node: Node, _ path: String) -> WireValue {
        let numbers = ["quantity", "countryMaximum", "worldwideMaximum", "tokenSeats"]
        let texts = ["product", "skuPartNumber", "source", "certainty"]
        let fields = fields(of: node, path, known: texts + numbers)
        var benefit: WireValue = [:]
        for name in numbers { benefit = benefit.setting(name, to: number(fields[name], "\(path).\(name)")) }
        for name in texts { benefit = benefit.setting(name, to: text(fields[name], "\(path).\(name)")) }
        return benefit
    }

    private mutating func fields(of node: Node, _ path: String, known: [String]) -> [String: Node] {
        guard let mapping = node.mapping else {
            report(node, path, "Expected a list of fields.")
            return [:]
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            let place = path.isEmpty ? name : "\(path).\(name)"
            guard known.contains(name) else {
                let near = nearNames(to: name, among: known)
                report(
                    key,
                    place,
                    "Unknown field \(quoted(name))\(near.first.map { "; did you mean \($0)?" } ?? ".")"
                )
                continue
            }
            fields[name] = value
            lines[place] = line(key)
        }
        return fields
    }

    private mutating func items(_ node: Node?, _ path: String) -> [(Node, String)] {
        guard let node, node.null == nil else { return [] }
        guard let sequence = node.sequence else {
            report(node, path, "Expected a list.")
            return []
        }
        return sequence.enumerated().map { index, item in
            lines["\(path)[\(index)]"] = line(item)
            return (item, "\(path)[\(index)]")
        }
    }

    private mutating func text(_ node: Node?, _ path: String) -> String? {
        guard let node, node.null == nil else { return nil }
        guard let text = node.scalar?.string else {
            report(node, path, "Expected a text.")
            return nil
        }
        return text
    }

    private mutating func number(_ node: Node?, _ path: String) -> Int? {
        guard let node, node.null == nil else { return nil }
        guard let text = node.scalar?.string, let number = Int(text) else {
            report(node, path, "\(quoted(node.scalar?.string ?? "")) is not a whole number.")
            return nil
        }
        return number
    }

    private mutating func report(_ node: Node, _ path: String, _ detail: String) {
        problems.append(
            InputProblem(
                row: line(node),
                column: path.isEmpty ? nil : path,
                code: .inputInvalid,
                detail: detail
            )
        )
    }

    private func line(_ node: Node) -> Int { node.mark?.line ?? 1 }
}
