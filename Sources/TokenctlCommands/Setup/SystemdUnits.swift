/// The units that run the daemon and the renewals.
struct SystemdUnits {
    struct Unit {
        let name: String
        let text: String
    }

    /// `tokenctl` and `tokend` are installed in its `bin`.
    let prefix: String
    /// For a user's own service manager.
    let isForUser: Bool

    var all: [Unit] {
        [
            Unit(name: "tokend.service", text: daemon),
            Unit(name: "tokenctl-renewals.service", text: renewals),
            Unit(name: "tokenctl-renewals.timer", text: timer),
        ]
    }

    private var daemon: String {
        """
        \(preparation)
        [Unit]
        Description=Registry of cloud tokens and seats
        Documentation=man:tokend(8)

        [Service]
        Type=notify
        ExecStart=\(prefix)/bin/tokend --registry \(registry) --socket \(socket)\(isForUser ? "" : " --group tokenctl")
        ExecReload=/bin/kill -HUP $MAINPID
        Restart=on-failure
        # 3: there is no registry; 64: a setting is wrong. Starting again would not help.
        RestartPreventExitStatus=3 64
        WatchdogSec=30
        TimeoutStopSec=30
        LimitNOFILE=65536
        \(identity)RuntimeDirectory=\(isForUser ? "tokenctl" : "tokend")
        RuntimeDirectoryMode=0755
        CacheDirectory=\(isForUser ? "tokenctl" : "tokend")
        CacheDirectoryMode=0700
        \(sandbox)
        [Install]
        WantedBy=\(isForUser ? "default.target" : "multi-user.target")

        """
    }

    private var renewals: String {
        """
        [Unit]
        Description=Say which renewals of cloud tokens are due
        Documentation=man:tokenctl(1)
        Requires=tokend.service
        After=tokend.service

        [Service]
        Type=oneshot
        ExecStart=\(prefix)/bin/tokenctl renewal due --socket \(socket) --detailed-exitcode
        # 10: something is due. It is done, and shows in the journal.
        SuccessExitStatus=10
        \(identity)\(sandbox)
        """
    }

    private var timer: String {
        """
        [Unit]
        Description=Look for due renewals of cloud tokens once a day

        [Timer]
        OnCalendar=daily
        RandomizedDelaySec=1h
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    /// What to do once before the first start. The unit does not do it itself: a disk that is not mounted would become an
    /// empty registry.
    private var preparation: String {
        if isForUser {
            return
                "# Create the registry once, before the first start: tokenctl init --registry ~/.local/state/tokenctl"
        }
        return """
            # Create the user, the directory and the registry once, before the first start:
            #   useradd --system --user-group --home-dir \(registry) tokenctl
            #   install --directory --owner=tokenctl --group=tokenctl --mode=0700 \(registry)
            #   runuser -u tokenctl -- \(prefix)/bin/tokenctl init --registry \(registry)
            """
    }

    /// A user's is where `tokenctl` looks for it; what systemd calls the state directory differs between its versions.
    private var registry: String { isForUser ? "%h/.local/state/tokenctl" : "/var/lib/tokenctl" }
    private var socket: String { isForUser ? "%t/tokend.sock" : "/run/tokend/tokend.sock" }

    /// A user of its own keeps the registry; the group may connect.
    private var identity: String {
        isForUser
            ? ""
            : "User=tokenctl\nGroup=tokenctl\nStateDirectory=tokenctl\nStateDirectoryMode=0700\n"
    }

    /// A user's service manager can set up only what needs no privileges.
    private var sandbox: String {
        let everywhere = """
            NoNewPrivileges=yes
            LockPersonality=yes
            MemoryDenyWriteExecute=yes
            RestrictAddressFamilies=AF_UNIX
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged @resources
            SystemCallErrorNumber=EPERM
            UMask=0077

            """
        if isForUser { return everywhere }
        return everywhere + """
            CapabilityBoundingSet=
            AmbientCapabilities=
            DevicePolicy=closed
            IPAddressDeny=any
            KeyringMode=private
            PrivateDevices=yes
            PrivateNetwork=yes
            PrivateTmp=yes
            PrivateMounts=yes
            ProcSubset=pid
            ProtectClock=yes
            ProtectControlGroups=yes
            ProtectHome=yes
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            ProtectProc=invisible
            ProtectSystem=strict
            RemoveIPC=yes

            """
    }
}
