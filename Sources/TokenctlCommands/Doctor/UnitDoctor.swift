import FoundationEssentials
import Glibc
import RegistryAPI

/// Looks at the units of the service manager: whether they are there, those of this version, and switched on.
struct UnitDoctor {
    let environment: [String: String]
    /// What stands before every path, for tests.
    var root = ""

    func symptoms() -> [Symptom] {
        guard access("\(root)/run/systemd/system", F_OK) == 0 else {
            return [.ok("units", "systemd does not run here.")]
        }
        let system = Place(isForUser: false, directories: Self.systemDirectories)
        let user = Place(isForUser: true, directories: userDirectories)
        let found = [system, user].flatMap(symptoms)
        guard found.isEmpty else { return found }
        return [
            .note(
                "units",
                "The daemon and the timer that tells what matters are not set up as services; they need not be.",
                run: "tokenctl setup systemd"
            )
        ]
    }

    private struct Place {
        let isForUser: Bool
        /// The first that has a unit counts.
        let directories: [String]
    }

    private static let systemDirectories = [
        "/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ]

    private var userDirectories: [String] {
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/nonexistent"
        let own = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "\(home)/.config"
        return ["\(own)/systemd/user", "/etc/systemd/user"]
    }

    private func symptoms(of units: Place) -> [Symptom] {
        SystemdUnits(prefix: "/usr", isForUser: units.isForUser).all.flatMap { unit -> [Symptom] in
            let paths = units.directories.map { "\(root)\($0)/\(unit.name)" }
            guard let path = paths.first(where: { access($0, R_OK) == 0 }) else { return [] }
            return symptoms(of: unit.name, at: path, units)
        }
    }

    private func symptoms(of name: String, at path: String, _ units: Place) -> [Symptom] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let user = units.isForUser ? " --user" : ""
        var symptoms: [Symptom] = []
        let words = text.split(separator: "\n").first { $0.hasPrefix("ExecStart=") }?.dropFirst(10).split(
            separator: " "
        )
        let program = words?.first.map(String.init)
        let web = words?.firstIndex(of: "--web").flatMap { words?.dropFirst($0 + 1).first }
            .flatMap { WebAddress(String($0)) }
        if let program, access(root + program, X_OK) != 0 {
            symptoms.append(.wrong("units", "\(path) runs \(program), which is not there.", run: "Fixtures/install.sh"))
        }
        let place = program?.firstRange(of: "/bin/")
        let prefix = place.flatMap { program?[..<$0.lowerBound] }.map(String.init)
        let current = SystemdUnits(prefix: prefix ?? "/usr", isForUser: units.isForUser, web: web).all
            .first { $0.name == name }
        if text != current?.text {
            let option =
                (prefix.map { " --prefix \(ShellWord.quoted($0.isEmpty ? "/" : $0))" } ?? "")
                + (web.map { " --web \(ShellWord.quoted($0.description))" } ?? "")
            symptoms.append(
                .note(
                    "units",
                    "\(path) is not as this version has it. What is to differ belongs in a drop-in ('systemctl edit').",
                    run: "tokenctl setup systemd\(user)\(option) --unit \(name) | diff \(ShellWord.quoted(path)) -"
                )
            )
        }
        if name.hasSuffix(".timer") || name == "tokend.service", !isEnabled(name, text, units) {
            symptoms.append(
                .note("units", "\(name) is not started with the machine.", run: "systemctl\(user) enable --now \(name)")
            )
        }
        return symptoms.isEmpty ? [.ok("units", "\(path) is as this version has it.")] : symptoms
    }

    /// Whether what the unit names as its installation has a link to it.
    private func isEnabled(_ name: String, _ text: String, _ units: Place) -> Bool {
        let targets = text.split(separator: "\n").filter { $0.hasPrefix("WantedBy=") }.map { $0.dropFirst(9) }
        return targets.contains { target in
            units.directories.contains { directory in
                var status = stat()
                return lstat("\(root)\(directory)/\(target).wants/\(name)", &status) == 0
            }
        }
    }
}
