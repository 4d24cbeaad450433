/// What an engine can tell of its own soundness, in constant memory however much it holds.
public protocol IntegrityReading {
    /// Whatever is wrong with the storage itself and with the facts that it can ask of all rows at once: references,
    /// the schema, the anchor, and each rule that compares stored values.
    ///
    /// To be called before anything else is read: the anchor may move while this transaction sees an older state.
    /// - Throws: `Refusal` with a `registry.*` code when nothing at all can be read.
    func integrityFindings() throws -> [Finding]

    /// Calls `body` with the sealed code of each token and product key, or of `limit` of them, evenly spread.
    /// - Returns: how many there are in all, called with or not.
    func forEachSealedCode(
        atMost limit: Int,
        _ body: (_ subject: String, SealedCode) throws -> Void
    ) throws -> Int

    /// Calls `body` with every token that was replaced, in order.
    func forEachReplacedToken(_ body: (TokenID) throws -> Void) throws

    /// Calls `body` with every tenant that has both programme seats and seats bought elsewhere, in order.
    func forEachTenantWithMixedSeats(_ body: (DomainName) throws -> Void) throws
}
