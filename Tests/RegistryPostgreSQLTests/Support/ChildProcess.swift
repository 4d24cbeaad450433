#if PostgreSQL
import Foundation

/// A program that the tests run. It inherits nothing: what a server that it starts has open must not be the tests'.
struct ChildProcess {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let processID: pid_t

    /// - Parameters:
    ///   - words: the path, and the arguments.
    ///   - variables: of its environment, beside the usual ones.
    ///   - input: a descriptor that it reads from; nil for nothing to read.
    ///   - output: a file that its output and its errors go to.
    init(_ words: [String], variables others: [String] = [], input: Int32? = nil, output: String = "/dev/null") throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        for descriptor in 3..<1_024 { posix_spawn_file_actions_addclose(&actions, Int32(descriptor)) }
        let variables = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"] + others
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for text in arguments + environment { free(text) } }
        var processID: pid_t = 0
        let code = posix_spawn(&processID, words[0], &actions, nil, arguments, environment)
        guard code == 0 else { throw Failure(description: "\(words[0]) cannot be started (\(code))") }
        self.processID = processID
    }

    func send(_ signal: Int32) {
        Foundation.kill(processID, signal)
    }

    /// Waits for its end.
    /// - Returns: its exit code, or minus the signal that ended it.
    func exitCode() -> Int32 {
        var status: Int32 = 0
        while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }
}
#endif
