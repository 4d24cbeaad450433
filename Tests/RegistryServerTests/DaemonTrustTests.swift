import Foundation
import Testing

@testable import RegistryClient

@Suite("Whose program may answer as the daemon")
struct DaemonTrustTests {
    @Test("The caller's own, root's, and that of the daemon's user; nobody else's")
    func users() throws {
        let stranger = try #require(getpwnam("nobody")).pointee.pw_uid
        #expect(DaemonTrust([:]).objection(to: 0) == nil)
        #expect(DaemonTrust([:]).objection(to: geteuid()) == nil)
        #expect(DaemonTrust([:]).objection(to: stranger)?.contains("nobody") == true)
        #expect(DaemonTrust([:]).objection(to: .max - 1) != nil)
        #expect(DaemonTrust(["TOKENCTL_DAEMON_USER": "nobody"]).objection(to: stranger) == nil)
        #expect(DaemonTrust(["TOKENCTL_DAEMON_USER": "root"]).objection(to: stranger) != nil)
    }
}
