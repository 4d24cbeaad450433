import ArgumentParser
import Registry
import RegistryAPI

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "What you set once instead of typing it: the organisation, the tenant, the registry.",
        discussion: """
            The settings are org, tenant, registry, socket, output, profile, and what 'status' and 'notify' tell. The command line comes first, with the \
            profile that --profile names; then the environment (TOKENCTL_ORG, TOKENCTL_TENANT, TOKENCTL_REGISTRY, \
            TOKENCTL_SOCKET, TOKENCTL_PROFILE); then the profile that is set; then the file before its first profile.

            Nothing that cannot be undone takes its tenant from a setting: 'redeem' wants --tenant.

            The file is $XDG_CONFIG_HOME/tokenctl/config, else ~/.config/tokenctl/config. A line is 'name = value', a \
            line '[name]' begins a profile, and a line that begins with '#' is a remark:

              org = contoso
              tenant = contoso.onmicrosoft.com

              [fabrikam]
              org = fabrikam
              registry = /srv/fabrikam

            'tokenctl status' and 'tokenctl notify' tell what ends within status-within (90d), use from status-maximum (90) \
            per cent of a maximum on, seats of which status-idle (10) per cent are idle, keys with status-keys (10) per \
            cent of their activations left, and replacements for the last status-replacement (7d). Nothing is told of the \
            SKUs in status-ignore, and only the kinds in status-tell, both with commas between them. notify-command, or \
            TOKENCTL_NOTIFY_COMMAND, is what 'tokenctl notify' gives them to.
            """,
        subcommands: [
            ConfigListCommand.self, ConfigGetCommand.self, ConfigSetCommand.self, ConfigUnsetCommand.self,
            ConfigPathCommand.self,
        ]
    )
}

/// A command about the configuration, which runs also where that is broken.
protocol ConfiguringCommand: TokenctlCommand {}

extension ConfiguringCommand {
    static var needsSettings: Bool { false }
}

struct ConfigListCommand: ConfiguringCommand, ListingCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what is set, where it is set, and whether it is in use."
    )

    @OptionGroup var listing: ListOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let settings = try Settings(environment: shell.environment, profile: global.profile)
        let file = try SettingsFile.path(shell.environment).map { try SettingsFile(at: $0) } ?? SettingsFile()
        let used = Set(settings.levels.map(\.source))
        let others = file.profiles.map(Settings.Source.profile).filter { !used.contains($0) }
        let levels = settings.levels + others.map { Settings.Level(source: $0, values: file.values(in: $0.profile)) }
        try shell.printer.print(
            list: levels.flatMap { level in
                Setting.allCases.compactMap { setting in
                    level.values[setting].map { value in
                        SettingResource(
                            setting,
                            value,
                            level.source,
                            inUse: settings.found(setting)?.source == level.source
                        )
                    }
                }
            }
        )
    }
}

struct ConfigGetCommand: ConfiguringCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print the value of a setting that is in use.",
        discussion: "Exits with 3 when it is not set."
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
        let settings = try Settings(environment: shell.environment, profile: global.profile)
        guard let found = settings.found(setting) else { throw Problem.notSet(setting) }
        guard shell.global.format != .table else { return shell.terminal.write(found.value.escaped + "\n") }
        shell.printer.print(SettingResource(setting, found.value, found.source, inUse: true))
    }
}

struct ConfigPathCommand: ConfiguringCommand {
    static let configuration = CommandConfiguration(
        commandName: "path",
        abstract: "Print where the configuration file is, whether it exists or not."
    )

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        let path = try SettingsFile.requiredPath(shell.environment)
        guard shell.global.format != .table else { return shell.terminal.write(path.escaped + "\n") }
        shell.printer.print(PathResource(path: path))
    }

    private struct PathResource: Codable, Row {
        let path: String

        static let rowStyle = RowStyle()
    }
}

extension Settings.Source {
    /// The profile that it is.
    var profile: String? {
        if case .profile(let name) = self { name } else { nil }
    }
}

extension SettingsFile {
    /// - Throws: `UsageError` where neither `XDG_CONFIG_HOME` nor `HOME` is set.
    static func requiredPath(_ environment: [String: String]) throws -> String {
        guard let path = path(environment) else {
            throw UsageError("There is no place for a configuration file: neither HOME nor XDG_CONFIG_HOME is set.")
        }
        return path
    }
}

extension Problem {
    /// Exit code 3.
    static func notSet(_ setting: Setting, in profile: String? = nil) -> Problem {
        let place = profile.map { " in the profile \($0)" } ?? ""
        var problem = Problem(
            code: "setting.not-set",
            title: "Not set",
            status: 404,
            exitCode: 3,
            detail: "\(setting.rawValue) is not set\(place).",
            requestID: "none"
        )
        problem.hint = "tokenctl config set \(setting.rawValue) VALUE"
        return problem
    }
}

/// A setting, where it is set, and whether it is in use.
struct SettingResource: Codable, Row {
    let name: String
    let value: String
    /// `environment`, `profile` or `file`.
    let source: String
    @Nullable var profile: String?
    /// The environment's variable; null for what stands in the file.
    @Nullable var variable: String?
    let inUse: Bool

    init(_ setting: Setting, _ value: String, _ source: Settings.Source, inUse: Bool) {
        name = setting.rawValue
        self.value = value
        self.source =
            switch source {
            case .environment: "environment"
            case .profile: "profile"
            case .file: "file"
            }
        profile = source.profile
        variable = source == .environment ? setting.variable : nil
        self.inUse = inUse
    }

    static let rowStyle = RowStyle()
}
