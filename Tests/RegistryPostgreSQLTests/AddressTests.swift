#if PostgreSQL
import Testing

@testable import RegistryPostgreSQL
import RegistrySQL

@Suite("PostgreSQL addresses")
struct AddressTests {
    @Test("A URI with several hosts is understood")
    func uri() throws {
        let address = try PostgreSQLAddress("postgresql://clerk:secret@one:5433,two/registry?sslmode=require")
        #expect(address["host"] == "one,two")
        #expect(address["port"] == "5433,")
        #expect(address["dbname"] == "registry")
        #expect(address["sslmode"] == "require")
    }

    @Test("No description has the password")
    func password() throws {
        let address = try PostgreSQLAddress("postgresql://clerk:secret@one/registry")
        #expect(address["password"] == "secret")
        #expect("\(address)" == "host=one dbname=registry user=clerk")
        for text in [
            "\(address)", String(reflecting: address), "\([address])", "\(Mirror(reflecting: address).children)",
        ] {
            #expect(!text.contains("secret"))
        }
    }

    @Test("What libpq cannot read is told, without a password")
    func unreadable() throws {
        let plain = try failure { _ = try PostgreSQLAddress("host=one colour=blue") }
        #expect(plain?.message.contains("colour") == true)
        let secret = try failure { _ = try PostgreSQLAddress("host=one password=x secret") }
        #expect(secret?.message == "the connection string cannot be read")
        #expect(secret?.isConnectionLost == true)
    }

    @Test("Defaults give way to what was said")
    func defaults() throws {
        let address = try PostgreSQLAddress("host=one target_session_attrs=any")
            .filled(with: ["target_session_attrs": "primary", "connect_timeout": "3"])
        #expect(address["target_session_attrs"] == "any")
        #expect(address["connect_timeout"] == "3")
    }

    @Test("A server that is not there is told in one line")
    func absent() throws {
        let error = try failure {
            _ = try PostgreSQLConnection(PostgreSQLAddress("host=/nowhere dbname=x"), for: .reading)
        }
        #expect(error?.isConnectionLost == true)
        #expect(error?.message.contains("/nowhere") == true)
        #expect(error?.message.contains("\n") == false)
    }
}
#endif
