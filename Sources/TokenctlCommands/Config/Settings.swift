import Registry

/// What was set beforehand, the strongest first: a profile that the command line names, the environment, the profile
/// that is set, and the configuration file before its first profile.
struct Settings: Sendable {
    /// Where a setting comes from.
    enum Source: Hashable, Sendable {
        case environment
        case profile(String)
        case file
    }

    struct Level: Sendable {
        let source: Source
        let values: [Setting: String]
    }

    let levels: [Level]

    /// - Parameter profile: what `--profile` names.
    /// - Throws: `Refusal` for a file that cannot be read; `UsageError` for a profile that it does not have.
    init(environment: [String: String], profile named: String?) throws {
        let path = SettingsFile.path(environment)
        let file = try path.map { path throws(Refusal) in try SettingsFile(at: path) } ?? SettingsFile()
        let variables = Self.variables(environment)
        let usual = file.values(in: nil)
        let chosen = named ?? variables.values[.profile] ?? usual[.profile]
        if let chosen, !file.profiles.contains(chosen) {
            throw UsageError(
                "There is no profile \(chosen)\(path.map { " in \($0)" } ?? "").\(didYouMean(chosen, file.profiles))",
                hint: "tokenctl config set org ORG --profile \(Setting.isProfileName(chosen) ? chosen : "NAME")"
            )
        }
        let profile = chosen.map { Level(source: .profile($0), values: file.values(in: $0)) }
        let own = named == nil ? [variables] + (profile.map { [$0] } ?? []) : (profile.map { [$0] } ?? []) + [variables]
        levels = own + [Level(source: .file, values: usual)]
    }

    /// What the environment alone says.
    init(environment: [String: String]) {
        levels = [Self.variables(environment)]
    }

    private static func variables(_ environment: [String: String]) -> Level {
        let values = Setting.allCases.reduce(into: [Setting: String]()) { values, setting in
            if let value = setting.variable.flatMap({ environment[$0] }), !value.isEmpty { values[setting] = value }
        }
        return Level(source: .environment, values: values)
    }

    /// The strongest value.
    subscript(setting: Setting) -> String? { found(setting)?.value }

    /// The strongest value, and where it comes from.
    func found(_ setting: Setting) -> (value: String, source: Source)? {
        for level in levels { if let value = level.values[setting] { return (value, level.source) } }
        return nil
    }
}
