import Glibc
import Registry
import RegistryAPI
import RegistryClient
import RegistryEngines

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
            let place = registryPlace
            let registry = try place.open(onNotice: notice)
            let service = RegistryService(
                store: registry,
                clock: clock,
                randomness: randomness,
                secrets: registry.secrets
            )
            return DirectConnection(service: service, caller: Self.localCaller(place)) { registry.close() }
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

    /// What `--registry`, the settings or the default name.
    var registryPlace: RegistryPlace {
        place(places.lazy.compactMap(\.registry).first ?? usualDirectory)
    }

    private func place(_ text: String) -> RegistryPlace {
        place(text, key: global.keyFile ?? environment["TOKENCTL_KEY"])
    }

    /// - Parameter key: where this host keeps the key of a registry on a server; nil for where it usually is.
    func place(_ text: String, key: String?) -> RegistryPlace {
        RegistryPlace(text, keyPath: key, usualDirectory: usualDirectory)
    }

    private var usualDirectory: String {
        RegistryPath.usual(environment, isRoot: geteuid() == 0) ?? "/.local/state/tokenctl"
    }

    /// Where the registry is, as the command line and the settings say, the strongest first.
    private var places: [(socket: String?, registry: String?)] {
        func given(_ path: String?) -> String? { path == "" ? nil : path }
        return [(given(global.socket), given(global.registry))]
            + global.settings.levels.map { ($0.values[.socket], $0.values[.registry]) }
    }

    /// Where the registry is that the command is about, for what is done without a daemon: the daemon's, when it is to go
    /// through one.
    func registryPlaceInUse() async throws -> RegistryPlace {
        guard daemonSocket != nil else { return registryPlace }
        return place(try await call(ShowStatus.self, [:]).registry)
    }

    /// Makes the registry with its catalogues.
    /// - Returns: false when there is one.
    func makeRegistry(_ place: RegistryPlace) throws -> Bool {
        try place.create(
            programs: BuiltInPrograms.all,
            skus: SKUCatalogue.embedded,
            at: clock.now(),
            actor: Self.localCaller(place).principal,
            requestID: options().requestID,
            onNotice: notice
        )
    }

    /// The user who runs the command. Who can open the registry's files owns them, or is root.
    static func localCaller(_ place: RegistryPlace) -> Caller {
        let userID = geteuid()
        let user = UserDatabase.user(userID)
        let ownsRegistry = place.isOwnedByCaller
        // Who owns the registry needs no grant, so the group database is not asked.
        let groups = ownsRegistry ? [] : user.map(UserDatabase.groupNames) ?? []
        return Caller(
            principal: Principal(stored: "user:\(user?.name ?? String(userID))"),
            groups: groups.map { Principal(stored: "group:\($0)") },
            ownsRegistry: ownsRegistry
        ).of(host: place.host)
    }
}
