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
    /// `--local` decides; then the strongest place that names a socket or a registry, which is opened here; else a daemon
    /// that answers is used.
    var daemonSocket: String? {
        if global.isLocal { return nil }
        for place in places {
            if let socket = place.socket { return socket }
            if place.registry != nil { return nil }
        }
        return DaemonSocket.candidates(environment).first(where: DaemonSocket.isAnswered)
    }

    /// The directory that `--registry`, the settings or the default name.
    var registryDirectory: RegistryDirectory {
        if let path = places.lazy.compactMap(\.registry).first { return RegistryDirectory(path: path) }
        let usual = RegistryPath.usual(environment, isRoot: geteuid() == 0)
        return RegistryDirectory(path: usual ?? "/.local/state/tokenctl")
    }

    /// Where the registry is, as the command line and the settings say, the strongest first.
    private var places: [(socket: String?, registry: String?)] {
        func given(_ path: String?) -> String? { path == "" ? nil : path }
        return [(given(global.socket), given(global.registry))]
            + global.settings.levels.map { ($0.values[.socket], $0.values[.registry]) }
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
