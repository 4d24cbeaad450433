import Glibc
import Registry
import RegistryAPI
import RegistryClient
import RegistrySQLite

extension Shell {
    /// The way to the registry, which has to exist: only `init` creates one, so that a mistyped path does not become a
    /// second registry. It is opened once for a command.
    ///
    /// - Throws: `Problem`.
    func connect() throws -> any RegistryConnection {
        try connection.get(open)
    }

    private func open() throws -> any RegistryConnection {
        if let socket = daemonSocket { return SocketConnection(path: socket, trust: DaemonTrust(environment)) }
        let requestID = options().requestID
        do {
            let directory = registryDirectory
            let registry = try SQLiteRegistry.open(directory, onNotice: notice)
            let service = RegistryService(
                store: registry,
                clock: clock,
                randomness: randomness,
                secrets: registry.secrets
            )
            return DirectConnection(service: service, caller: Self.localCaller(directory)) { registry.close() }
        } catch let refusal as Refusal {
            throw Problem(refusal, requestID: requestID)
        }
    }

    /// The daemon's socket, when the command is to go through it.
    ///
    /// `--local` and `--socket` decide; a registry that is named is opened here; else a daemon that answers is used.
    private var daemonSocket: String? {
        if global.isLocal { return nil }
        if let path = global.socket ?? environment["TOKENCTL_SOCKET"], !path.isEmpty { return path }
        if let path = global.registry ?? environment["TOKENCTL_REGISTRY"], !path.isEmpty { return nil }
        return DaemonSocket.candidates(environment).first(where: DaemonSocket.isAnswered)
    }

    /// The directory that `--registry`, the environment or the default names.
    var registryDirectory: RegistryDirectory {
        if let path = global.registry ?? environment["TOKENCTL_REGISTRY"], !path.isEmpty {
            return RegistryDirectory(path: path)
        }
        let usual = RegistryPath.usual(environment, isRoot: geteuid() == 0)
        return RegistryDirectory(path: usual ?? "/.local/state/tokenctl")
    }

    /// The directory of the registry that the command is about, for what is done with its files: the daemon's, when it
    /// is to go through one.
    func registryDirectoryInUse() async throws -> RegistryDirectory {
        guard daemonSocket != nil else { return registryDirectory }
        return RegistryDirectory(path: try await call(ShowStatus.self, [:]).registry)
    }

    /// Makes the registry with its catalogues.
    /// - Returns: false when there is one.
    func makeRegistry(_ directory: RegistryDirectory) throws -> Bool {
        try SQLiteRegistry.create(
            directory,
            programs: BuiltInPrograms.all,
            skus: SKUCatalogue.embedded,
            at: clock.now(),
            actor: Self.localCaller(directory).principal,
            requestID: options().requestID,
            onNotice: notice
        )
    }

    /// The user who runs the command. Who can open the registry's files owns them, or is root.
    static func localCaller(_ directory: RegistryDirectory) -> Caller {
        let userID = geteuid()
        let user = UserDatabase.user(userID)
        var status = stat()
        let ownsFiles = stat(directory.path, &status) != 0 || status.st_uid == userID
        let ownsRegistry = userID == 0 || ownsFiles
        // Who owns the registry needs no grant, so the group database is not asked.
        let groups = ownsRegistry ? [] : user.map(UserDatabase.groupNames) ?? []
        return Caller(
            principal: Principal(stored: "user:\(user?.name ?? String(userID))"),
            groups: groups.map { Principal(stored: "group:\($0)") },
            ownsRegistry: ownsRegistry
        )
    }
}
