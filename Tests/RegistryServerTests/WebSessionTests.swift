import RegistryAPI
import Synchronization
import Testing

@testable import RegistryServer

@Suite("Who is signed in to the page")
struct WebSessionTests {
    /// A clock that goes when it is told to.
    private final class Hands: Sendable {
        private let instant = Mutex(ContinuousClock.now)
        var now: ContinuousClock.Instant { instant.withLock { $0 } }
        func advance(_ time: Duration) { instant.withLock { $0 += time } }
    }

    private let hands = Hands()
    private let sessions: WebSessions

    init() {
        sessions = WebSessions { [hands] in hands.now }
    }

    @Test("A link signs in as whoever it was made for, once")
    func link() throws {
        let word = try sessions.link(for: 1_000)
        #expect(sessions.isLink(word))
        let (pass, user) = try #require(try sessions.signIn(with: word))
        #expect(user == 1_000)
        #expect(sessions.user(of: pass) == 1_000)
        #expect(!sessions.isLink(word))
        #expect(try sessions.signIn(with: word) == nil)
        #expect(try sessions.signIn(with: "") == nil)
    }

    @Test("A link works for two minutes", arguments: [(119, true), (120, false)])
    func linkEnds(seconds: Int, works: Bool) throws {
        let word = try sessions.link(for: 1_000)
        hands.advance(.seconds(seconds))
        #expect(try (sessions.signIn(with: word) != nil) == works)
    }

    @Test("A session needs its key and its secret")
    func pass() throws {
        let one = try #require(try sessions.signIn(with: sessions.link(for: 1))).pass
        let other = try #require(try sessions.signIn(with: sessions.link(for: 2))).pass
        #expect(sessions.user(of: .init(key: one.key, secret: other.secret)) == nil)
        #expect(sessions.user(of: .init(key: other.key, secret: one.secret)) == nil)
        #expect(sessions.user(of: .init(key: one.key, secret: "")) == nil)
        #expect(sessions.user(of: one) == 1)
        // Nobody is signed out by somebody who does not know the secret.
        sessions.signOut(.init(key: one.key, secret: other.secret))
        #expect(sessions.user(of: one) == 1)
        sessions.signOut(one)
        #expect(sessions.user(of: one) == nil)
        #expect(sessions.user(of: other) == 2)
    }

    @Test("A session ends after half an hour without use, and what a page asks by itself is no use")
    func idle() throws {
        let pass = try #require(try sessions.signIn(with: sessions.link(for: 1))).pass
        hands.advance(.seconds(1_799))
        #expect(sessions.user(of: pass) == 1)
        hands.advance(.seconds(1_799))
        #expect(sessions.user(of: pass, isUsed: false) == 1)
        hands.advance(.seconds(1))
        #expect(sessions.user(of: pass) == nil)
    }

    @Test("A session ends after eight hours, however much it is used")
    func whole() throws {
        let pass = try #require(try sessions.signIn(with: sessions.link(for: 1))).pass
        for _ in 0..<28_799 / 1_000 {
            hands.advance(.seconds(1_000))
            #expect(sessions.user(of: pass) == 1)
        }
        hands.advance(.seconds(799))
        #expect(sessions.user(of: pass) == 1)
        hands.advance(.seconds(1))
        #expect(sessions.user(of: pass) == nil)
    }

    @Test("All sessions and links of a user end together, and nobody else's")
    func end() throws {
        let mine = try (0..<2).map { _ in try #require(try sessions.signIn(with: sessions.link(for: 1))).pass }
        let link = try sessions.link(for: 1)
        let theirs = try #require(try sessions.signIn(with: sessions.link(for: 2))).pass
        #expect(sessions.end(of: 1) == 2)
        #expect(mine.allSatisfy { sessions.user(of: $0) == nil })
        #expect(!sessions.isLink(link))
        #expect(sessions.user(of: theirs) == 2)
        #expect(sessions.end(of: 1) == 0)
    }

    @Test("Of one user the oldest gives way; of all together no more than the bound are kept")
    func bounds() throws {
        let first = try sessions.link(for: 1)
        hands.advance(.seconds(1))
        for _ in 0..<sessions.bounds.perUser { _ = try sessions.link(for: 1) }
        #expect(!sessions.isLink(first))
        var passes: [WebSessions.Pass] = []
        for _ in 0...sessions.bounds.perUser {
            passes.append(try #require(try sessions.signIn(with: sessions.link(for: 2))).pass)
            hands.advance(.seconds(1))
        }
        #expect(passes.map { sessions.user(of: $0) } == [nil] + Array(repeating: 2, count: sessions.bounds.perUser))
        #expect(throws: RequestProblem.self) {
            for user in 100..<1_000 { _ = try sessions.link(for: UInt32(user)) }
        }
        hands.advance(sessions.bounds.link)
        _ = try sessions.link(for: 5_000)
    }

    @Test("A session that may not last long may not be idle for longer", arguments: [(60, 60), (28_800, 1_800)])
    func settings(session: Int, idle: Int) {
        var configuration = DaemonConfiguration(registryPath: "/r", socketPath: "/s")
        configuration.webSession = .seconds(session)
        #expect(configuration.webBounds.session == .seconds(session))
        #expect(configuration.webBounds.idle == .seconds(idle))
    }
}

@Suite("Where the page is served")
struct WebAddressTests {
    @Test(
        "Only where nobody else can reach it",
        arguments: [
            ("127.0.0.1:8765", "127.0.0.1:8765"), ("127.8.9.255:0", "127.8.9.255:0"), ("[::1]:65535", "[::1]:65535"),
            ("0.0.0.0:80", nil), ("192.168.0.1:80", nil), ("[::]:80", nil), ("::1:80", nil), ("localhost:80", nil),
            ("127.0.0.1", nil), ("127.0.0.1:", nil), ("127.0.0.1:65536", nil), ("127.0.0.1:-1", nil),
            ("127.0.0.1:+1", nil),
            ("127.0.0.01:80", nil), ("127.0.1:80", nil), ("127.0.0.256:80", nil), ("127.0.0.1.:80", nil), (":80", nil),
            ("[127.0.0.1]:80", nil), (" 127.0.0.1:80", nil), ("127.0.0.1:80/", nil), ("", nil),
        ]
    )
    func loopback(text: String, address: String?) {
        #expect(WebAddress(text)?.description == address)
    }

    @Test("A daemon that is to serve it elsewhere does not start")
    func refused() {
        #expect(throws: ConfigurationFault.self) {
            _ = try DaemonConfiguration(
                flags: ["web": "0.0.0.0:80", "registry": "/r", "socket": "/s"],
                environment: [:],
                isRoot: true,
                readFile: { _ in nil }
            )
        }
    }

    @Test("A browser that was sent to it by another name was not sent by us")
    func host() throws {
        let address = try #require(WebAddress("127.0.0.1:8765"))
        #expect(address.isNamed(by: "127.0.0.1:8765"))
        for host in ["127.0.0.1", "localhost:8765", "evil.example:8765", "127.0.0.1:8766", "127.0.0.1:8765.evil", ""] {
            #expect(!address.isNamed(by: host), "\(host)")
        }
        #expect(WebAddress("127.0.0.1:80")?.isNamed(by: "127.0.0.1") == true)
    }
}
