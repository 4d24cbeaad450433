import RegistryAPI

/// The units that run the daemon, tell what matters, and back up.
struct SystemdUnits {
    struct Unit {
        let name: String
        let text: String
    }

    /// `tokenctl` and `tokend` are installed in its `bin`; the files in `Units` call it `/PREFIX`.
    let prefix: String
    /// For a user's own service manager.
    let isForUser: Bool
    /// Where the daemon is to serve browsers; nil for nowhere, so that it needs no network at all.
    var web: WebAddress?

    var all: [Unit] {
        [
            admittingBrowsers(
                unit(
                    "tokend.service",
                    isForUser ? PackageResources.tokend_user_service : PackageResources.tokend_service
                )
            ),
            unit(
                "tokenctl-notify.service",
                isForUser ? PackageResources.tokenctl_notify_user_service : PackageResources.tokenctl_notify_service
            ),
            unit("tokenctl-notify.timer", PackageResources.tokenctl_notify_timer),
            unit(
                "tokenctl-failure@.service",
                isForUser ? PackageResources.tokenctl_failure_user_service : PackageResources.tokenctl_failure_service
            ),
            unit(
                "tokenctl-backup.service",
                isForUser ? PackageResources.tokenctl_backup_user_service : PackageResources.tokenctl_backup_service
            ),
            unit("tokenctl-backup.timer", PackageResources.tokenctl_backup_timer),
        ]
    }

    /// Lets the daemon listen on its one port of this machine, and nothing more.
    private func admittingBrowsers(_ unit: Unit) -> Unit {
        guard let web else { return unit }
        let isSix = web.host.contains(":")
        let lines = unit.text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
            switch line {
            case _ where line.hasPrefix("ExecStart="): ["\(line) --web \(web)"]
            case "RestrictAddressFamilies=AF_UNIX": ["\(line) \(isSix ? "AF_INET6" : "AF_INET")"]
            case "IPAddressDeny=any":
                [
                    String(line), "IPAddressAllow=localhost", "SocketBindDeny=any",
                    "SocketBindAllow=\(isSix ? "ipv6" : "ipv4"):tcp:\(web.port)",
                ]
            // A network of its own has another loopback than the browser's.
            case "PrivateNetwork=yes": []
            default: [String(line)]
            }
        }
        return Unit(name: unit.name, text: lines.joined(separator: "\n"))
    }

    private func unit(_ name: String, _ file: [UInt8]) -> Unit {
        Unit(name: name, text: String(decoding: file, as: UTF8.self).replacing("/PREFIX", with: prefix))
    }
}
