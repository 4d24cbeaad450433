/// The port to a place that a registry is copied to. What is there is opened by nobody before it is released.
public protocol RegistryDestination: Sendable {
    /// As the ledger names it: a directory, or a server's address without a password.
    var name: String { get }

    /// Looks whether there is room, and reads all rows of the registry. Nothing is made.
    ///
    /// The ledger's next row vouches for rows that no row before vouches for, as an engine leaves them that does not watch
    /// each row.
    /// - Throws: `Refusal` with `registry.exists` where something is there, with `registry.key-invalid` where another key
    ///   is, and with `registry.damaged` when rows are not those that the ledger's rows made.
    func prepare(_ source: any RegistryTransaction) throws -> RegistryContents

    /// Ends the source's ledgers, copies all of it, holds every table of the copy against the source's, and closes the
    /// source: all but the release.
    /// - Parameter verify: asks the copy whether it is sound.
    /// - Returns: the last seal of both.
    /// - Throws: `Refusal`; then what was copied is begun anew by the next attempt.
    func take(_ source: any RegistryTransaction, verify: (any RegistryReading) throws -> Void) throws -> Seal

    /// Lets the copy be opened, which ends with `seal`. Where that was done before, it is looked whether it is this copy.
    /// - Throws: `Refusal` with `registry.not-found` where there is no such copy.
    func release(_ seal: Seal) throws
}

/// How much there is in a registry.
public struct RegistryContents: Hashable, Sendable {
    public let tables: Int
    public let rows: Int64

    public init(tables: Int, rows: Int64) {
        self.tables = tables
        self.rows = rows
    }
}
