import Foundation
import Subprocess
import SystemPackage
import Testing

/// How `tokenctl` gets at a sandbox's registry.
enum RegistryAccess: Sendable {
    /// It opens the registry itself.
    case direct
    /// It asks a daemon.
    case daemon

    /// What this run of the tests is about; `Fixtures/test.sh` runs them both ways.
    static let ofThisRun: RegistryAccess =
        ProcessInfo.processInfo.environment["TOKENCTL_TEST_ACCESS"] == "daemon" ? .daemon : .direct
}

/// A registry of a test's own, in its own short directory, and the built `tokenctl` to use it with.
final class Sandbox: Sendable {
    let directory: String
    private let daemon: DaemonProcess?

    /// - Parameter hasRegistry: false for an empty directory, which no daemon can serve.
    init(_ access: RegistryAccess = .ofThisRun, hasRegistry: Bool = true) throws {
        directory = "/tmp/tk-\(UUID().uuidString.prefix(8).lowercased())"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        if hasRegistry { try DaemonProcess.makeRegistry("\(directory)/registry") }
        daemon =
            switch access {
            case .direct: nil
            case .daemon: try DaemonProcess(registry: "\(directory)/registry", in: directory)
            }
    }

    deinit {
        daemon?.stop()
        try? FileManager.default.removeItem(atPath: directory)
    }

    var registry: String { "\(directory)/registry" }
    var databasePath: String { "\(registry)/registry.db" }

    /// What a program needs to find this registry.
    var environment: [String: String] {
        var variables = ["HOME": directory, "PATH": "/usr/bin:/bin"]
        // A registry that is named is opened, whatever answers on the socket.
        if let daemon {
            variables["TOKENCTL_SOCKET"] = daemon.socketPath
        } else {
            variables["TOKENCTL_REGISTRY"] = registry
        }
        return variables
    }

    /// What a finished process left behind.
    struct Outcome: Sendable, Equatable {
        let exitCode: Int32
        let output: String
        let error: String

        /// Standard output as a JSON object.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]) ?? [:]
        }
        /// Standard output as a JSON array of objects.
        var list: [[String: Any]] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]]) ?? []
        }
        /// Standard error as a problem document; what is before it are notes.
        var problem: [String: Any] {
            guard let start = error.range(of: "{")?.lowerBound else { return [:] }
            let text = String(error[start...])
            return (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) ?? [:]
        }
    }

    /// Runs `tokenctl` on this sandbox's registry, without a terminal.
    @discardableResult
    func tokenctl(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws
        -> Outcome
    {
        try await tokenctl(arguments, input: input, environment: environment)
    }

    func tokenctl(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) async throws -> Outcome {
        try await Self.run(
            Self.product("tokenctl"),
            arguments,
            input: input,
            environment: self.environment.merging(environment) { _, new in new }
        )
    }

    /// Runs `tokenctl -o json`, expects it to succeed, and gives its answer.
    @discardableResult
    func json(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> Outcome {
        let outcome = try await tokenctl(arguments + ["-o", "json"])
        #expect(outcome.exitCode == 0, "\(arguments): \(outcome.error)", sourceLocation: sourceLocation)
        return outcome
    }

    /// Runs one statement in the `sqlite3` shell on the registry's database.
    func sqlite3(_ statement: String) async throws -> Outcome {
        try await Self.run("/usr/bin/sqlite3", [databasePath, statement], input: "", environment: ["PATH": "/usr/bin"])
    }

    static func run(
        _ executable: String,
        _ arguments: [String],
        input: String,
        environment: [String: String]
    ) async throws -> Outcome {
        var variables: [Environment.Key: String] = [:]
        for (key, value) in environment { variables[Environment.Key(stringLiteral: key)] = value }
        let result = try await Subprocess.run(
            .path(FilePath(executable)),
            arguments: Arguments(arguments),
            environment: .custom(variables),
            input: .string(input),
            output: .string(limit: 64 << 20),
            error: .string(limit: 16 << 20)
        )
        let exitCode: Int32 =
            switch result.terminationStatus {
            case .exited(let code): code
            case .signaled(let signal): 128 + signal
            }
        return Outcome(exitCode: exitCode, output: result.standardOutput, error: result.standardError)
    }

    /// The path of a product that was built beside these tests.
    static func product(_ name: String) -> String {
        // The test bundle lies in the build directory, and so do the executables.
        var directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        while directory.path != "/", !FileManager.default.isExecutableFile(atPath: directory.appending(path: name).path)
        {
            directory.deleteLastPathComponent()
        }
        return directory.appending(path: name).path
    }

    /// An organisation with a silver competency and a tenant: one token of 25 seats, `T1`.
    /// - Returns: the token's code.
    func makeContoso(start: String = "2026-01-15") async throws -> String {
        try await json("org", "add", "Contoso Ltd", "--id", "contoso", "--country", "DE")
        try await json(
            "enrollment",
            "add",
            "contoso",
            "--program",
            "silver-competency",
            "--start",
            start,
            "--id",
            "E1",
            "--tokens",
            "mint"
        )
        try await json(
            "tenant",
            "signup",
            "contoso",
            "--domain",
            "contoso.onmicrosoft.com",
            "--admin",
            "admin@contoso.onmicrosoft.com",
            "--on",
            start
        )
        return try #require(try await json("token", "reveal", "T1").json["code"] as? String)
    }
}
