import Glibc
import Registry
import RegistryAPI
import RegistryEngines
import RegistrySQLite
import TimeZones

/// Looks at what a registry needs of the machine: a right clock, time zones, room on the disk.
struct MachineDoctor {
    let shell: Shell

    func symptoms() -> [Symptom] { [clock, zones] + room }

    private var clock: Symptom {
        do {
            try LedgerClock.requirePlausible(shell.clock.now())
        } catch {
            return .wrong("clock", error, run: "timedatectl set-ntp true")
        }
        // What those that keep a clock leave while they do.
        let signs = [
            "/run/systemd/timesync/synchronized": "systemd-timesyncd", "/run/chrony/chronyd.pid": "chrony",
            "/run/ntpd.pid": "ntpd", "/run/ntpsec/ntpd.pid": "ntpd", "/run/openntpd.pid": "OpenNTPD",
        ]
        if let keeper = signs.first(where: { access($0.key, F_OK) == 0 })?.value {
            return .ok("clock", "\(keeper) keeps it.")
        }
        return .note(
            "clock",
            "Nothing that is known keeps it right here, and every day and ending is reckoned by it. In a container the host "
                + "keeps it.",
            run: "timedatectl set-ntp true"
        )
    }

    private var zones: Symptom {
        guard ZoneDatabase.system.zone(named: "Europe/Berlin") != nil else {
            return .wrong(
                "time zones",
                "/usr/share/zoneinfo has none, so days can be counted in UTC alone.",
                run: "apt-get install tzdata"
            )
        }
        return .ok("time zones", "They are in /usr/share/zoneinfo.")
    }

    /// A commit needs little room, a backup as much as the database, and an upload what the daemon allows.
    private static let leastRoom: Int64 = 64 << 20

    private var room: [Symptom] {
        var status = statvfs()
        guard shell.daemonSocket == nil, case .directory(let directory) = shell.registryPlace,
            statvfs(directory.path, &status) == 0
        else { return [] }
        let isRoot = geteuid() == 0
        let free = Int64(clamping: UInt64(isRoot ? status.f_bfree : status.f_bavail) * UInt64(status.f_frsize))
        let size = RegistryExamination(of: directory).databaseSize
        let detail = "\(Self.mebibytes(free)) are free for \(directory.path); its database has \(Self.mebibytes(size))."
        if status.f_files > 0, status.f_favail == 0 {
            return [.wrong("disk", "No file can be made any more where \(directory.path) is: df -i")]
        }
        if free < Self.leastRoom { return [.wrong("disk", detail, run: "df -h \(ShellWord.quoted(directory.path))")] }
        if free < 2 * size {
            return [.note("disk", "\(detail) A backup beside it and a large import may not fit.")]
        }
        return [.ok("disk", detail)]
    }

    private static func mebibytes(_ bytes: Int64) -> String { "\(bytes >> 20) MiB" }
}
