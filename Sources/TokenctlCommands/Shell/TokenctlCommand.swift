import ArgumentParser

/// A command that does something: it gets everything it touches from its shell.
protocol TokenctlCommand: ParsableCommand {
    var global: GlobalOptions { get }

    /// Whether its answer is a code. What any other command writes has its codes masked.
    static var showsCodes: Bool { get }

    /// Whether it fails where the configuration file cannot be read.
    static var needsSettings: Bool { get }

    /// - Throws: `Problem`, or `UsageError`.
    func run(in shell: Shell) async throws
}

extension TokenctlCommand {
    static var showsCodes: Bool { false }
    static var needsSettings: Bool { true }

    /// The shell's settings.
    /// - Throws: `Refusal` or `UsageError` where they cannot be read.
    func settings(_ environment: [String: String]) throws -> Settings {
        do {
            return try Settings(environment: environment, profile: global.profile)
        } catch {
            if Self.needsSettings { throw error }
            return Settings(environment: environment)
        }
    }

    /// Runs, and closes the shell's connection whatever happens.
    func run(closing shell: Shell) async throws {
        let result: Result<Void, any Error>
        do {
            result = .success(try await run(in: shell))
        } catch {
            result = .failure(error)
        }
        await shell.connection.close()
        try result.get()
    }
}

/// The words of the command line do not make sense together.
struct UsageError: Error {
    let message: String
    let hint: String?

    init(_ message: String, hint: String? = nil) {
        self.message = message
        self.hint = hint
    }
}

/// An exit code that says something without being an error, such as 10 for "something is due".
struct ExitStatus: Error {
    let code: Int32
}
