import ArgumentParser
import Registry
import RegistryAPI

struct ConfigSetCommand: ConfiguringCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set something in the configuration file, or in a profile of it.",
        discussion: """
            With --profile it is set in that profile, which is made when there is none. 'config set profile NAME' chooses \
            the profile that is used where none is named.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "org, tenant, registry, socket, output, profile, notify-command or one of status-….",
            valueName: "name"
        ),
        completion: .list(Setting.allCases.map(\.rawValue))
    )
    var name: String

    @Argument(help: "Its value.")
    var value: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let setting = try Setting(named: name)
        let profile = try setting.place(in: global.profile)
        let value = trimmingBlanks(value)
        if let fault = setting.fault(in: value) {
            throw UsageError("\"\(String(value.prefix(80)))\" is not valid for \(name): \(fault)")
        }
        let path = try SettingsFile.requiredPath(shell.environment)
        var file = try SettingsFile(at: path)
        guard setting != .profile || file.profiles.contains(value) else {
            throw UsageError(
                "There is no profile \(value) in \(path).\(didYouMean(value, file.profiles))",
                hint: "tokenctl config set org ORG --profile \(value)"
            )
        }
        file.set(setting, to: value, in: profile)
        try file.write(to: path)
        shell.printer.print(SetResource(name: name, value: value, profile: profile, path: path))
    }

    private struct SetResource: Codable, Row {
        let name: String
        let value: String
        @Nullable var profile: String?
        let path: String

        static let rowStyle = RowStyle(headings: ["path": "FILE"])
    }
}

struct ConfigUnsetCommand: ConfiguringCommand {
    static let configuration = CommandConfiguration(
        commandName: "unset",
        abstract: "Take something out of the configuration file, or out of a profile of it.",
        discussion: "Exits with 3 when it is not set there."
    )

    @Argument(
        help: ArgumentHelp(
            "org, tenant, registry, socket, output, profile, notify-command or one of status-….",
            valueName: "name"
        ),
        completion: .list(Setting.allCases.map(\.rawValue))
    )
    var name: String

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let setting = try Setting(named: name)
        let profile = try setting.place(in: global.profile)
        let path = try SettingsFile.requiredPath(shell.environment)
        var file = try SettingsFile(at: path)
        if let profile, !file.profiles.contains(profile) {
            throw UsageError("There is no profile \(profile) in \(path).\(didYouMean(profile, file.profiles))")
        }
        guard file.remove(setting, in: profile) else { throw Problem.notSet(setting, in: profile) }
        try file.write(to: path)
        shell.note("\(name) is no longer set in \(profile.map { "the profile \($0) of " } ?? "")\(path).")
    }
}

extension Setting {
    /// The profile that it is to be set in.
    /// - Throws: `UsageError` for a profile that cannot have it.
    fileprivate func place(in profile: String?) throws -> String? {
        guard let profile else { return nil }
        guard Self.isProfileName(profile) else {
            throw UsageError("\"\(String(profile.prefix(80)))\" is not a profile's name: \(Self.profileExpectation).")
        }
        guard isOfProfiles else { throw UsageError("A profile can't name another; leave --profile out.") }
        return profile
    }
}
