import Crypto
import Registry
import RegistryAPI
import Synchronization

/// Who has signed in to the page, and who is about to: links that work once, and the sessions that they began.
///
/// All of it is gone when the daemon stops. What proves a session is kept as its digest, so that neither a look at the
/// memory nor the time of an answer tells it.
final class WebSessions: Sendable {
    /// How long, and how many of each user's.
    struct Bounds: Hashable, Sendable {
        /// From `tokenctl web` until the link was followed.
        var link: Duration = .seconds(120)
        /// Without a request.
        var idle: Duration = .seconds(1_800)
        /// From signing in.
        var session: Duration = .seconds(28_800)
        /// Links, and sessions, of one user; the oldest gives way to a new one.
        var perUser = 8
        /// Links, and sessions, of all users together.
        var all = 256
    }

    /// What a browser has to show to be somebody.
    struct Pass: Hashable, Sendable {
        /// Stands in the address, so that the cookie goes to no other program that listens on this machine: browsers
        /// send cookies to every port of a host.
        let key: String
        /// Stands in the cookie.
        let secret: String
    }

    private struct Link {
        let user: UInt32
        let ends: ContinuousClock.Instant
    }

    private struct Session {
        let secret: SHA256Digest
        let user: UInt32
        let began: ContinuousClock.Instant
        var used: ContinuousClock.Instant
    }

    private struct State {
        var links: [SHA256Digest: Link] = [:]
        var sessions: [SHA256Digest: Session] = [:]
    }

    let bounds: Bounds
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state = Mutex(State())

    init(bounds: Bounds = Bounds(), now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.bounds = bounds
        self.now = now
    }

    /// A word that signs in as the user, once.
    /// - Throws: `RequestProblem` when there are too many.
    func link(for user: UInt32) throws -> String {
        let word = Self.word(bytes: 32)
        try state.withLock { state in
            clean(&state)
            let own = state.links.filter { $0.value.user == user }
            if own.count >= bounds.perUser, let oldest = own.min(by: { $0.value.ends < $1.value.ends }) {
                state.links[oldest.key] = nil
            }
            guard state.links.count < bounds.all else { throw Self.tooMany }
            state.links[Self.digest(word)] = Link(user: user, ends: now() + bounds.link)
        }
        return word
    }

    /// Whether the word would sign somebody in. Does not use it up.
    func isLink(_ word: String) -> Bool {
        state.withLock { state in
            clean(&state)
            return state.links[Self.digest(word)] != nil
        }
    }

    /// Begins a session of whoever the link was made for; the link has no further use.
    /// - Returns: nil for a word that is none, was used, or came too late.
    /// - Throws: `RequestProblem` when there are too many.
    func signIn(with word: String) throws -> (pass: Pass, user: UInt32)? {
        try state.withLock { state in
            clean(&state)
            guard let link = state.links.removeValue(forKey: Self.digest(word)) else { return nil }
            let own = state.sessions.filter { $0.value.user == link.user }
            if own.count >= bounds.perUser, let oldest = own.min(by: { $0.value.used < $1.value.used }) {
                state.sessions[oldest.key] = nil
            }
            guard state.sessions.count < bounds.all else { throw Self.tooMany }
            let pass = Pass(key: Self.word(bytes: 16), secret: Self.word(bytes: 32))
            let now = now()
            state.sessions[Self.digest(pass.key)] = Session(
                secret: Self.digest(pass.secret),
                user: link.user,
                began: now,
                used: now
            )
            return (pass, link.user)
        }
    }

    /// Whose session it is; nil where it is none, or has ended.
    /// - Parameter isUsed: whether it is a person who asks.
    func user(of pass: Pass, isUsed: Bool = true) -> UInt32? {
        state.withLock { state in
            clean(&state)
            let key = Self.digest(pass.key)
            guard let session = state.sessions[key], session.secret == Self.digest(pass.secret) else { return nil }
            if isUsed { state.sessions[key]?.used = now() }
            return session.user
        }
    }

    /// Ends one session.
    func signOut(_ pass: Pass) {
        guard user(of: pass) != nil else { return }
        state.withLock { $0.sessions[Self.digest(pass.key)] = nil }
    }

    /// Ends every session and link of the user.
    /// - Returns: how many sessions.
    func end(of user: UInt32) -> Int {
        state.withLock { state in
            clean(&state)
            state.links = state.links.filter { $0.value.user != user }
            let left = state.sessions.filter { $0.value.user != user }
            defer { state.sessions = left }
            return state.sessions.count - left.count
        }
    }

    private func clean(_ state: inout State) {
        let now = now()
        state.links = state.links.filter { $0.value.ends > now }
        state.sessions = state.sessions.filter {
            $0.value.used + bounds.idle > now && $0.value.began + bounds.session > now
        }
    }

    private static func word(bytes: Int) -> String {
        var random = SystemRandomNumberGenerator()
        return (0..<bytes).map { _ in UInt8.random(in: .min ... .max, using: &random) }.hexadecimal
    }

    private static func digest(_ word: String) -> SHA256Digest {
        SHA256.hash(data: Array(word.utf8))
    }

    private static let tooMany = RequestProblem(
        .tooManyRequests,
        "Too many people are signed in to the page, or about to; try again later."
    )
}

extension DaemonConfiguration {
    /// A session that may not last long may not be idle for longer.
    var webBounds: WebSessions.Bounds {
        var bounds = WebSessions.Bounds()
        bounds.session = webSession
        bounds.idle = min(bounds.idle, webSession)
        return bounds
    }
}
