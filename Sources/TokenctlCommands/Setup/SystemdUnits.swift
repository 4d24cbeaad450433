/// The units that run the daemon and the renewals.
struct SystemdUnits {
    struct Unit {
        let name: String
        let text: String
    }

    /// `tokenctl` and `tokend` are installed in its `bin`; the files in `Units` call it `/PREFIX`.
    let prefix: String
    /// For a user's own service manager.
    let isForUser: Bool

    var all: [Unit] {
        [
            unit("tokend.service", isForUser ? PackageResources.tokend_user_service : PackageResources.tokend_service),
            unit(
                "tokenctl-renewals.service",
                isForUser
                    ? PackageResources.tokenctl_renewals_user_service : PackageResources.tokenctl_renewals_service
            ),
            unit("tokenctl-renewals.timer", PackageResources.tokenctl_renewals_timer),
        ]
    }

    private func unit(_ name: String, _ file: [UInt8]) -> Unit {
        Unit(name: name, text: String(decoding: file, as: UTF8.self).replacing("/PREFIX", with: prefix))
    }
}
