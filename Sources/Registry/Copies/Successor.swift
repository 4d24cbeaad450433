/// Where a registry went that is closed.
public struct Successor: Hashable, Sendable, Decodable {
    /// As the ledger names it: a directory, or a server's address without a password.
    public let place: String
    /// The last seal, which the copy has as well.
    public let seal: Int64
}
