/// A product on a machine, as its latest activation left it.
public struct Installation: Hashable, Sendable {
    public let product: String
    public let machine: String
    /// Nil where neither the key nor the activation named one.
    public let version: String?
    public let keyID: ProductKeyID
    public let program: Program.Kind
    public let source: ProductKey.Source
    public let activatedOn: CalendarDate

    public init(
        product: String,
        machine: String,
        version: String?,
        keyID: ProductKeyID,
        program: Program.Kind,
        source: ProductKey.Source,
        activatedOn: CalendarDate
    ) {
        self.product = product
        self.machine = machine
        self.version = version
        self.keyID = keyID
        self.program = program
        self.source = source
        self.activatedOn = activatedOn
    }
}
