import Glibc
import Registry
import RegistryAPI
import RegistryEngines
import RegistrySQLite

/// Looks at the registry that a command would use.
struct RegistryDoctor {
    let shell: Shell

    func symptoms() async -> [Symptom] {
        guard shell.daemonSocket == nil, case .directory(let directory) = shell.registryPlace else {
            return await answered()
        }
        let examination = RegistryExamination(of: directory)
        let files = files(of: directory, examination)
        // Opening closes what others can get at; that is for whoever reads this to do.
        guard files.allSatisfy({ $0.state != .wrong }) else { return files }
        return files + (await answered())
    }

    private func files(of directory: RegistryDirectory, _ examination: RegistryExamination) -> [Symptom] {
        let place = "registry"
        do {
            try examination.requireFiles()
            var symptoms = [Symptom.ok(place, "It is in \(directory.path).")]
            if let owner = examination.owner, owner != geteuid(), geteuid() != 0 {
                let name = UserDatabase.user(owner)?.name ?? String(owner)
                symptoms.append(
                    .wrong(place, "It belongs to \(name), and you are not \(name).", run: "sudo -u \(name) tokenctl …")
                )
            }
            let exposures = try examination.exposures()
            symptoms += exposures.map { .wrong("modes", $0.detail, run: "chmod go= \(ShellWord.quoted($0.path))") }
            if exposures.isEmpty { symptoms.append(.ok("modes", "Only its owner can get at its files.")) }
            if let system = examination.networkFileSystem {
                symptoms.append(
                    .wrong(
                        "file system",
                        "\(directory.path) is on \(system), where SQLite's locks cannot be relied on: keep it on a disk of "
                            + "this machine, and let others use it through tokend."
                    )
                )
            }
            return symptoms + sqlite(examination)
        } catch {
            let isMissing = (error as? Refusal)?.code == .registryNotFound
            let create = "tokenctl init --registry \(ShellWord.quoted(directory.path))"
            return [.wrong(place, error, run: isMissing ? create : nil)]
        }
    }

    private func sqlite(_ examination: RegistryExamination) -> [Symptom] {
        let version = RegistryExamination.sqliteVersion
        guard RegistryExamination.hasCheckpointRace else {
            return [.ok("sqlite", "SQLite \(version).")]
        }
        guard examination.isReplicated else {
            return [
                .ok(
                    "sqlite",
                    "SQLite \(version). Before 3.51.3 no other program may checkpoint the database: tokenctl and tokend take "
                        + "care, Litestream does not."
                )
            ]
        }
        return [
            .wrong(
                "sqlite",
                "Litestream replicates this registry, and SQLite \(version) can corrupt a database that a second program "
                    + "checkpoints: both have to be of 3.51.3 or newer. Stop Litestream, and use 'tokenctl backup'.",
                run: "systemctl disable --now litestream"
            )
        ]
    }

    /// What a command is answered.
    private func answered() async -> [Symptom] {
        do {
            let status = try await shell.call(ShowStatus.self, [:])
            var symptoms: [Symptom] = []
            if let obstacle = status.obstacle {
                symptoms.append(.wrong("opens", "\(status.registry) opens, but cannot be written to: \(obstacle)"))
            } else {
                symptoms.append(.ok("opens", "\(status.registry) opens, and can be written to."))
            }
            return symptoms + (await ledgerClock(isOwner: status.ledgerRows != nil)) + (await zones())
        } catch {
            return [.wrong("opens", error)]
        }
    }

    /// Whether the clock agrees with the ledger, whose rows its owner may read.
    private func ledgerClock(isOwner: Bool) async -> [Symptom] {
        guard isOwner else { return [] }
        let now = shell.clock.now()
        let later = try? await shell.call(
            ListAudit.self,
            ["since": now.adding(seconds: 300).description, "limit": 1]
        )
        guard let row = later?.items.first else {
            return [.ok("clock", "It says \(now), and no row of the ledger is later.")]
        }
        return [
            .wrong(
                "clock",
                "It says \(now), and the ledger has a row of \(row.at): nothing is recorded until the clock is right.",
                run: "timedatectl set-ntp true"
            )
        ]
    }

    /// Whether the machine knows every time zone that an organisation has: the list cannot be read otherwise.
    private func zones() async -> [Symptom] {
        do {
            var count = 0
            try await shell.connect().pages(of: ListOrganizations.self, [:], shell.options()) {
                count += $0.items.count
            }
            return [.ok("time zones", "Every organisation's is known (\(counted(count, "organisation"))).")]
        } catch {
            return [.wrong("time zones", error, run: "apt-get install tzdata tzdata-legacy")]
        }
    }
}
