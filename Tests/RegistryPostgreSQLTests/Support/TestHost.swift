#if PostgreSQL
import Foundation

/// The built programs, on a registry that a server keeps, and a directory of the host's own for key, anchor and socket.
final class TestHost: Sendable {
    let directory: String
    let registry: String
    let keyPath: String

    /// - Parameter keyPath: nil for a key of the host's own.
    init(registry: String, keyPath: String? = nil) throws {
        self.registry = registry
        var template = Array("/tmp/ph-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ChildProcess.Failure(description: "/tmp cannot be written to") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.keyPath = keyPath ?? "\(directory)/registry.key"
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
        if registry.hasPrefix("/tmp/pr-") { try? FileManager.default.removeItem(atPath: registry) }
    }

    var variables: [String] { ["HOME=\(directory)", "XDG_STATE_HOME=\(directory)/state"] }

    /// What a command printed, and its exit code.
    struct Outcome {
        let exitCode: Int32
        let output: String

        /// The answer, or the problem.
        var json: [String: Any] {
            guard let start = output.firstIndex(of: "{") else { return [:] }
            return (try? JSONSerialization.jsonObject(with: Data(output[start...].utf8)) as? [String: Any]) ?? [:]
        }
    }

    /// `tokenctl` on the registry.
    func command(_ words: [String]) -> [String] {
        [Self.program("tokenctl")] + words + ["--registry", registry, "--key", keyPath, "--local", "-q", "-o", "json"]
    }

    /// Runs `tokenctl` on the registry to its end.
    func tokenctl(_ words: [String]) throws -> Outcome {
        let path = "\(directory)/\(UUID().uuidString).out"
        defer { unlink(path) }
        let process = try ChildProcess(command(words), variables: variables, output: path)
        let code = process.exitCode()
        return Outcome(exitCode: code, output: (try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
    }

    /// Runs `tokenctl`, which has to succeed.
    @discardableResult
    func succeed(_ line: String) throws -> [String: Any] {
        let outcome = try tokenctl(line.split(separator: " ").map { String($0) })
        guard outcome.exitCode == 0 else {
            throw ChildProcess.Failure(description: "tokenctl \(line): \(outcome.exitCode) \(outcome.output)")
        }
        return outcome.json
    }

    /// Starts `tokend`, and waits until it answers.
    func startDaemon(_ name: String) throws -> DaemonProgram {
        try DaemonProgram(
            socketPath: "\(directory)/\(name).sock",
            [
                Self.program("tokend"), "--registry", registry, "--key", keyPath, "--socket",
                "\(directory)/\(name).sock", "--log-file", "\(directory)/\(name).log",
            ],
            variables: variables + ["XDG_RUNTIME_DIR=\(directory)"]
        )
    }

    /// The path of a product that was built beside these tests.
    private static func program(_ name: String) -> String {
        var directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        while directory.path != "/", !FileManager.default.isExecutableFile(atPath: directory.appending(path: name).path)
        {
            directory.deleteLastPathComponent()
        }
        return directory.appending(path: name).path
    }
}

/// A daemon that can be killed.
final class DaemonProgram: Sendable {
    let socketPath: String
    private let process: ChildProcess

    init(socketPath: String, _ words: [String], variables: [String]) throws {
        self.socketPath = socketPath
        process = try ChildProcess(words, variables: variables)
        let end = ContinuousClock.now + .seconds(60)
        while DaemonClient(socketPath) == nil {
            guard ContinuousClock.now < end else { throw ChildProcess.Failure(description: "tokend does not answer") }
            usleep(10_000)
        }
    }

    func kill() {
        process.send(SIGKILL)
        _ = process.exitCode()
    }

    func stop() -> Int32 {
        process.send(SIGTERM)
        return process.exitCode()
    }
}
#endif
