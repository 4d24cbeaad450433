/// Where a registry is, where nobody names another place.
public enum RegistryPath {
    /// `/var/lib/tokenctl` for root, else `$XDG_STATE_HOME/tokenctl`, else `~/.local/state/tokenctl`; nil without a home.
    public static func usual(_ environment: [String: String], isRoot: Bool) -> String? {
        if isRoot { return "/var/lib/tokenctl" }
        if let state = environment["XDG_STATE_HOME"], !state.isEmpty { return "\(state)/tokenctl" }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return "\(home)/.local/state/tokenctl"
    }
}
