import Testing

@testable import RegistrySQLite

@Suite("A look at a registry's files that changes nothing")
struct RegistryExaminationTests {
    @Test("The file system is that of the nearest mount, the last one at its place")
    func fileSystem() {
        let mounts = """
            21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
            30 21 0:30 / /srv rw shared:2 - xfs /dev/vdb rw
            31 30 0:31 / /srv/share rw,relatime - nfs4 server:/share rw,vers=4.2
            32 21 0:32 / /run rw - tmpfs tmpfs rw
            33 30 0:33 / /srv/share rw - cifs //server/share rw

            """
        func kind(_ path: String) -> String? { RegistryExamination.fileSystem(of: path, mounts: mounts) }
        #expect(kind("/var/lib/tokenctl") == "ext4")
        #expect(kind("/srv/tokens") == "xfs")
        #expect(kind("/srv/share/tokens") == "cifs")
        #expect(kind("/srv/shared") == "xfs")
        #expect(kind("/run") == "tmpfs")
        #expect(RegistryExamination.fileSystem(of: "/", mounts: "nonsense\n") == nil)
    }
}
