package import Registry

/// What a new registry begins with: the catalogues, the fingerprint of its key, and the row of its own ledger that says who
/// made it.
package struct FirstCommit {
    private let programs: () -> [Program]
    private let skus: () -> [SKU]
    private let now: Instant
    private let actor: Principal
    private let requestID: String

    package init(
        programs: @escaping () -> [Program],
        skus: @escaping () -> [SKU],
        at now: Instant,
        actor: Principal,
        requestID: String
    ) {
        self.programs = programs
        self.skus = skus
        self.now = now
        self.actor = actor
        self.requestID = requestID
    }

    /// Writes it into tables that are still empty.
    /// - Returns: the registry's first seal.
    package func write(in session: SQLSession, key: RegistryKey) throws -> Seal? {
        let (programs, skus) = (programs(), skus())
        try session.beginLedger(of: nil)
        try session.insert(keyFingerprint: key.fingerprint)
        for program in programs { try session.put(program, recordedAt: now) }
        for sku in skus { try session.put(sku, recordedAt: now) }
        _ = try session.append(
            AuditDraft(
                at: now,
                actor: actor.description,
                organizationID: nil,
                action: "registry.init",
                subject: "registry",
                changes: ["programs": .number(programs.count), "skus": .number(skus.count)],
                requestID: requestID
            )
        )
        return try session.sealLedgers()
    }
}
