import Glibc
import RegistryAPI

/// Gives a text to a command that the administrator named, on its standard input.
///
/// Nothing of the text stands on the command line, where a name in it could become a word of the shell's.
struct NoticeDelivery {
    /// Run by `/bin/sh -c`.
    let command: String
    let environment: [String: String]

    /// - Throws: `Problem` with `notice.not-delivered`, exit code 74, unless the command ends with 0.
    func deliver(_ text: String, _ more: [String: String]) throws {
        guard let file = tmpfile() else { throw Self.failed("cannot keep its input: \(Self.reason(errno))") }
        defer { fclose(file) }
        let input = fileno(file)
        guard SystemTerminal.write(text, to: input), lseek(input, 0, SEEK_SET) == 0 else {
            throw Self.failed("cannot keep its input: \(Self.reason(errno))")
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        let arguments = ["/bin/sh", "-c", command].map { (text: String) in strdup(text) } + [nil]
        let variables = environment.merging(more) { $1 }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/bin/sh", &actions, nil, arguments, variables)
        guard code == 0 else { throw Self.failed("cannot be started: \(Self.reason(code))") }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Self.failed("cannot be waited for: \(Self.reason(errno))") }
        }
        let signal = status & 0x7F
        guard signal == 0 else { throw Self.failed("was ended by signal \(signal)") }
        let exitCode = (status >> 8) & 0xFF
        guard exitCode == 0 else { throw Self.failed("ended with \(exitCode)") }
    }

    private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

    private static func failed(_ how: String) -> Problem {
        var problem = Problem(
            code: "notice.not-delivered",
            title: "The command did not take the notices",
            status: 500,
            exitCode: 74,
            detail: "The command that was to tell it \(how). Nothing is kept as told, so the next run tells it again.",
            requestID: "none"
        )
        problem.hint = "run it by hand: tokenctl notify --dry-run | COMMAND"
        return problem
    }
}
