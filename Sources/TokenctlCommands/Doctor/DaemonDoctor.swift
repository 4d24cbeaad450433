import Glibc
import ProgramVersion
import Registry
import RegistryAPI
import RegistryClient

/// Looks at the daemon's sockets, and at the daemon behind the one that a command would use.
struct DaemonDoctor {
    let shell: Shell

    func symptoms() async -> [Symptom] {
        let named = shell.daemonSocket
        let paths = [named].compactMap(\.self) + DaemonSocket.candidates(shell.environment).filter { $0 != named }
        var symptoms: [Symptom] = []
        for path in paths { symptoms += await socket(path, isNamed: path == named) }
        return symptoms.isEmpty ? [.ok("daemon", "None runs; commands open the registry themselves.")] : symptoms
    }

    private func socket(_ path: String, isNamed: Bool) async -> [Symptom] {
        var status = stat()
        guard stat(path, &status) == 0 else {
            let detail = "There is no socket \(path): \(String(cString: strerror(errno)))."
            return isNamed ? [.wrong("daemon", detail, run: "systemctl status tokend.service")] : []
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            return [.wrong("daemon", "\(path) is not a socket.", run: "systemctl status tokend.service")]
        }
        guard access(path, W_OK) == 0 else { return [cannotConnect(path, status)] }
        guard DaemonSocket.isAnswered(path) else {
            let detail = "Nobody answers on \(path), which a daemon left behind that did not end in order."
            return [.wrong("daemon", detail, run: "systemctl restart tokend.service")]
        }
        do {
            let connection = SocketConnection(path: path, trust: DaemonTrust(shell.environment))
            let health = try await connection.health(shell.options())
            await connection.close()
            guard health.version == Version.current, health.commit == Version.commit else {
                let theirs = "\(health.version)\(health.commit.map { " (\($0))" } ?? "")"
                let ours = "\(Version.current)\(Version.commit.map { " (\($0))" } ?? "")"
                let detail = "tokend on \(path) is of version \(theirs), and this program of \(ours)."
                return [.wrong("daemon", detail, run: "systemctl restart tokend.service")]
            }
            return [.ok("daemon", "tokend \(health.version) answers on \(path).")]
        } catch {
            return [.wrong("daemon", error, at: "\(path): ")]
        }
    }

    /// Whoever is not in the socket's group.
    private func cannotConnect(_ path: String, _ status: stat) -> Symptom {
        guard let user = UserDatabase.user(geteuid())?.name else {
            return .wrong("daemon", "You may not connect to \(path), and your user has no name to add to its group.")
        }
        guard let group = UserDatabase.groupName(status.st_gid), status.st_mode & 0o020 != 0 else {
            return .wrong(
                "daemon",
                "You may not connect to \(path): no group may. Give the daemon one with --group.",
                run: "systemctl edit tokend.service"
            )
        }
        return .wrong(
            "daemon",
            "You may not connect to \(path): you are not in the group \(group), or not since you signed in.",
            run: "sudo usermod --append --groups \(group) \(ShellWord.quoted(user))"
        )
    }
}
