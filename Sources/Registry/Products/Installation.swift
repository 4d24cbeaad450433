/// A product on a machine, as its latest activation left it.
public struct Installation: Hashable, Sendable, Decodable {
    public let product: String
    public let machine: String
    /// Nil where neither the key nor the activation named one.
    public let version: String?
    public let keyID: ProductKeyID
    public let program: Program.Kind
    public let programTraits: ProgramTraits?
    public let source: ProductKey.Source
    public let activatedOn: CalendarDate
}
