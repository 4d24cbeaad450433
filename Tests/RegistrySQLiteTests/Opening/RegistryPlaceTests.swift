import RegistryEngines
import RegistrySQLite
import Testing

@Suite("Where a registry is")
struct RegistryPlaceTests {
    private func place(_ text: String) -> RegistryPlace {
        RegistryPlace(text, usualDirectory: "/var/lib/tokenctl")
    }

    @Test("A path is a directory, whatever stands in it")
    func directories() {
        for path in ["/var/lib/tokenctl", "registry", "a:b@c", "postgresql:x"] {
            #expect(place(path) == .directory(RegistryDirectory(path: path)))
            #expect(place(path).description == path)
        }
    }

    @Test(
        "No password of an address is shown",
        arguments: [
            ("postgresql://db/tokens", "postgresql://db/tokens"),
            ("postgres://ann@db:5433/tokens", "postgres://ann@db:5433/tokens"),
            (
                "postgresql://ann:s3cret@db1,db2/tokens?connect_timeout=3",
                "postgresql://ann:…@db1,db2/tokens?connect_timeout=3"
            ),
            ("postgresql://ann:s3:cr@et@db/tokens", "postgresql://ann:…@db/tokens"),
            ("postgresql://:s3cret@db", "postgresql://:…@db"),
            ("postgresql:///tokens?password=s3cret&user=ann", "postgresql:///tokens?password=…&user=ann"),
            ("postgresql://db?user=ann@x&sslpassword=s3cret", "postgresql://db?user=ann@x&sslpassword=…"),
        ]
    )
    func passwords(address: String, shown: String) {
        #expect(place(address).description == shown)
    }

    @Test("What is done with files says that a server's registry has none")
    func files() throws {
        #expect(throws: (any Error).self) { try place("postgresql://db/tokens").requireDirectory(to: "back up") }
        #expect(try place("/r").requireDirectory(to: "back up").path == "/r")
    }
}
