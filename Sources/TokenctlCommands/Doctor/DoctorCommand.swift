import ArgumentParser
import Registry
import RegistryAPI

struct DoctorCommand: ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is wrong with this machine's set-up, and what to run.",
        discussion: """
            Looks at the registry that a command would use, who can get at its files, whether it opens and can be written \
            to; at the daemon, its socket and its group; at the clock, the time zones, the units, the room on the disk and \
            SQLite. It changes nothing. Whether the registry itself is sound, 'tokenctl check' proves.

            'ok' is as it should be, 'note' is worth knowing, and 'WRONG' keeps something from working.
            """
    )

    @Flag(name: .customLong("detailed-exitcode"), help: "Exit with 10 if something is wrong.")
    var detailedExitCode = false

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    static var needsSettings: Bool { false }

    func run(in shell: Shell) async throws {
        var symptoms = settings(in: shell)
        symptoms += await DaemonDoctor(shell: shell).symptoms()
        symptoms += await RegistryDoctor(shell: shell).symptoms()
        symptoms += MachineDoctor(shell: shell).symptoms()
        symptoms += UnitDoctor(environment: shell.environment).symptoms()
        if shell.global.format == .table {
            try shell.printer.print(cards: symptoms.filter { $0.state != .ok })
            let fine = symptoms.filter { $0.state == .ok }
            let separator = fine.count < symptoms.count ? "\n" : ""
            if !fine.isEmpty {
                shell.terminal.write(separator + TextTable.table(fine, Symptom.fineColumns, terminal: shell.terminal))
            }
        } else {
            try shell.printer.print(list: symptoms)
        }
        if detailedExitCode, symptoms.contains(where: { $0.state == .wrong }) { throw ExitStatus(code: 10) }
    }
}

extension DoctorCommand {
    /// Whether the configuration file can be read, which other commands insist on.
    private func settings(in shell: Shell) -> [Symptom] {
        do {
            _ = try Settings(environment: shell.environment, profile: global.profile)
            return []
        } catch let usage as UsageError {
            return [.wrong("settings", usage.message, run: usage.hint)]
        } catch {
            return [.wrong("settings", error, run: "tokenctl config path")]
        }
    }
}

extension Symptom {
    /// What is to be read of things that are as they should be.
    fileprivate static var fineColumns: [ColumnHead] { shown.filter { $0.name != "run" } }
}

extension Symptom {
    /// What keeps something from working, as a command that meets it says it.
    static func wrong(_ check: String, _ error: any Error, at place: String = "", run: String? = nil) -> Symptom {
        let problem: Problem
        switch error {
        case let known as Problem: problem = known
        case let refusal as Refusal: problem = Problem(refusal, requestID: "")
        default: return .wrong(check, "\(place)This was not foreseen: \(error)", run: run)
        }
        return .wrong(check, place + problem.detail, run: run ?? problem.hint ?? Hints.hint(for: problem))
    }
}
