import ArgumentParser
import FoundationEssentials
import Glibc
import Registry
import RegistryAPI

extension Tokenctl {
    /// Runs the command line of this process.
    /// - Returns: the exit code.
    public static func run(arguments: [String]) async -> Int32 {
        umask(0o077)
        ProcessArguments.hideCodes()
        signal(SIGPIPE, SIG_IGN)
        let environment = ProcessInfo.processInfo.environment
        return await run(
            arguments: arguments,
            terminal: SystemTerminal(environment: environment),
            environment: environment,
            clock: SystemClock(),
            randomness: SystemRandomSource()
        )
    }

    static func run(
        arguments: [String],
        terminal output: any Terminal,
        environment: [String: String],
        clock: any InstantSource,
        randomness: any RandomSource
    ) async -> Int32 {
        let terminal = MaskingTerminal(terminal: output, showsCodes: false)
        if arguments.first == Completer.word {
            let completer = Completer(
                terminal: terminal,
                environment: environment,
                clock: clock,
                randomness: randomness
            )
            await completer.answer(Array(arguments.dropFirst()))
            return 0
        }
        let arguments = LeadingOptions.moved(in: arguments)
        var reporter = ProblemReporter(terminal: terminal, isJSON: LeadingOptions.asksForJSON(arguments))
        do {
            try AddressSpace.requireRoom()
            if let topic = try HelpTopic.asked(arguments) {
                terminal.write(topic.text)
                return 0
            }
            try MistypedCommand.check(arguments)
            let parsed = try parseAsRoot(arguments)
            guard let command = parsed as? any TokenctlCommand else {
                var command = parsed
                try command.run()
                return 0
            }
            let settings = try command.settings(environment)
            var shell = Shell(
                terminal: MaskingTerminal(terminal: output, showsCodes: type(of: command).showsCodes),
                environment: environment,
                clock: clock,
                randomness: randomness,
                global: Shell.GlobalSettings(command.global, settings: settings, terminal: terminal)
            )
            reporter.isJSON = [.json, .ndjson].contains(shell.global.format)
            if let listing = command as? any ListingCommand { shell.shape = try ListShape(listing.listing) }
            try await command.run(closing: shell)
            return 0
        } catch let status as ExitStatus {
            return status.code
        } catch let problem as Problem {
            return reporter.report(problem)
        } catch let usage as UsageError {
            return reporter.report(usage)
        } catch let refusal as Refusal {
            return reporter.report(Problem(refusal, requestID: randomness.guid()))
        } catch {
            let code = exitCode(for: error)
            if code == .success {
                terminal.write(fullMessage(for: error) + "\n")
                return 0
            }
            if code == .validationFailure { return reporter.reportUsage(fullMessage(for: error), message(for: error)) }
            return reporter.reportUnforeseen(error, requestID: randomness.guid())
        }
    }
}
