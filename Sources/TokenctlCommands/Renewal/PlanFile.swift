import FoundationEssentials
import Glibc
import Registry
import RegistryAPI

/// Where plans are kept: a directory with a file for each, or one file with a document a line. As pages, one file has all
/// of them one after another.
final class PlanFile {
    private let path: String
    private let isPage: Bool
    /// Nil for a directory.
    private let file: ReplacedFile?

    /// - Throws: `Refusal` with `file.unwritable` when it cannot be written.
    init(path: String, asPages isPage: Bool) throws {
        self.isPage = isPage
        var status = stat()
        let isDirectory = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        self.path = path
        if path.hasSuffix("/") || isDirectory {
            file = nil
            do {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            } catch {
                throw Refusal.cannotWriteFile(path)
            }
        } else {
            try Self.requireFile(path)
            let mask = umask(0)
            umask(mask)
            file = try ReplacedFile(path: path, mode: 0o666 & ~mask)
            if isPage { try append(RenewalPlanPage.beginning) }
        }
    }

    func add(_ plan: RenewalPlan) throws {
        guard file != nil else {
            let separator = path.hasSuffix("/") ? "" : "/"
            let text = isPage ? RenewalPlanPage.text(of: plan) : Self.text(of: plan)
            let ending = isPage ? "html" : "json"
            return try Self.write(text, to: "\(path)\(separator)\(plan.enrollmentId).\(ending)")
        }
        try append(isPage ? RenewalPlanPage(plan).text : Printer.compactJSON(plan) + "\n")
    }

    /// After the last plan: from now on the file is there.
    func finish() throws {
        if isPage, file != nil { try append(RenewalPlanPage.end) }
        try file?.finish()
    }

    private func append(_ text: String) throws {
        try file?.append(text)
    }

    /// What a file with this plan alone holds.
    static func text(of plan: RenewalPlan) -> String {
        Printer.json(plan) + "\n"
    }

    /// The whole text or nothing of it.
    /// - Throws: `Refusal` with `file.unwritable` when it cannot be written.
    static func write(_ text: String, to path: String) throws {
        try requireFile(path)
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw Refusal.cannotWriteFile(path)
        }
    }

    /// A device or a pipe would be replaced by the plan's file.
    private static func requireFile(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return }
        throw Refusal.cannotWriteFile(path, "it is not a regular file; without --out the plan is printed")
    }

    /// The plans in a file or on standard input (`-`): one document, an array of them, or one a line.
    /// - Throws: `Refusal` with `file.unreadable` when it cannot be read, with `input.invalid` when it holds anything else.
    static func read(_ path: String) throws -> [RenewalPlan] {
        try plans(in: InputFile.contents(of: path), of: path)
    }

    /// The plans in what was read of a file.
    /// - Throws: `Refusal` with `input.invalid` when it holds anything else.
    static func plans(in bytes: [UInt8], of path: String) throws -> [RenewalPlan] {
        let data = Data(bytes)
        let decoder = JSONDecoder()
        do {
            return [try decoder.decode(RenewalPlan.self, from: data)]
        } catch let single {
            if let plans = try? decoder.decode([RenewalPlan].self, from: data) { return plans }
            let lines = data.split(separator: UInt8(ascii: "\n")).filter { !$0.isEmpty }
            if lines.count > 1,
                let plans = try? lines.map({ try decoder.decode(RenewalPlan.self, from: Data($0)) })
            {
                return plans
            }
            throw Refusal(
                .inputInvalid,
                "\(path) is not a renewal plan: \(reason(single))",
                facts: ["field": "plan"]
            )
        }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "the field \(key.stringValue) is missing."
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "the field \(context.codingPath.map(\.stringValue).joined(separator: ".")) has the wrong type."
        default: "it is not the JSON that 'tokenctl renewal plan' writes."
        }
    }
}
