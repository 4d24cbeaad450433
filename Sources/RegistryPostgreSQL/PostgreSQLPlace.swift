#if PostgreSQL
import Registry
import RegistrySQL

/// Where a registry on a server is, and what of it this host keeps: the key, and the anchor.
public struct PostgreSQLPlace: Sendable {
    let address: PostgreSQLAddress
    /// The address as people may see it: without a password.
    let name: String
    /// A file that each host has a copy of.
    package let keyPath: String
    /// For the anchor.
    let directory: String

    /// The schema of the database that the registry has for itself.
    static let schema = "tokenctl"

    /// - Parameters:
    ///   - address: a URI (`postgresql://…`) or whatever else libpq takes, several hosts included.
    ///   - name: the address without a password.
    ///   - directory: of this host, where the anchor is kept, and the key unless it is elsewhere.
    ///   - keyPath: nil for `registry.key` in the directory.
    /// - Throws: `Refusal` with `registry.unreadable` for an address that libpq does not understand.
    public init(_ address: String, name: String, directory: String, keyPath: String? = nil) throws {
        do {
            var parsed = try PostgreSQLAddress(address)
            let options = parsed["options"].map { "\($0) " } ?? ""
            parsed["options"] = "\(options)-c search_path=\(Self.schema),pg_temp"
            self.address = parsed
        } catch {
            throw Refusal(.registryUnreadable, "The registry's address cannot be used: \(error.message).")
        }
        self.name = name
        self.directory = directory
        self.keyPath = keyPath ?? "\(directory)/registry.key"
    }

    /// One for each registry that this host has seen: its first seal tells it from any other.
    func anchorPath(of firstSeal: Seal) -> String {
        "\(directory)/postgresql-\(Array(firstSeal.hash.prefix(8)).hexadecimal).anchor"
    }
}
#endif
