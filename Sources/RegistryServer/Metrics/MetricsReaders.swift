public import Registry

/// Who may read `/metrics`, beside root and the daemon's own user, who always may.
public enum MetricsReaders: Hashable, Sendable {
    /// Everybody who may connect: the default. The figures name no organisation.
    case anybody
    case only(Set<Principal>)

    /// Reads `anybody`, `nobody`, or principals separated by commas; nil for anything else.
    init?(_ text: String) {
        switch text {
        case "anybody": self = .anybody
        case "nobody": self = .only([])
        default:
            let principals = text.split(separator: ",", omittingEmptySubsequences: false).map {
                Principal(String($0).trimmingBlanks)
            }
            guard principals.allSatisfy({ $0 != nil }) else { return nil }
            self = .only(Set(principals.compactMap { $0 }))
        }
    }

    /// - Throws: `Refusal` with `access.denied`; what `caller` throws.
    func check(_ caller: () throws -> Caller) throws {
        guard case .only(let principals) = self else { return }
        let caller = try caller()
        guard !caller.ownsRegistry, principals.isDisjoint(with: [caller.principal] + caller.groups) else { return }
        throw Refusal(.accessDenied, "\(caller.principal) may not read the metrics; the daemon's settings say who may.")
    }
}
