extension OpenRegistry {
    /// Copies the registry to `destination` and closes it, or goes on with what an earlier call left half done.
    ///
    /// Nothing is written to the registry meanwhile; it can be read. The copy is opened by nobody before this one is
    /// closed, so that there are never two that take writes.
    /// - Parameters:
    ///   - place: where this registry is, as the ledger names it.
    ///   - caller: has to own the registry.
    ///   - isDryRun: looks whether there is room and whether all is sound, and writes nothing.
    /// - Throws: `Refusal` with `registry.closed` where it was copied to another place, with `registry.exists` where
    ///   something is at the destination, with `access.denied`, or with another `registry.*` code. The same call again is
    ///   always safe.
    public func copy(
        from place: String,
        to destination: any RegistryDestination,
        as caller: Caller,
        clock: any InstantSource,
        requestID: String,
        isDryRun: Bool
    ) async throws -> CopyRegistry.Answer {
        let service = RegistryService(
            store: self,
            clock: clock,
            randomness: SystemRandomSource(),
            secrets: secrets
        )
        let command = CopyRegistry(of: self, in: place, to: destination)
        try await service.checkAccess(to: command, as: caller, requestID: requestID)
        if let successor = try await read({ try $0.successor() }), successor.place == destination.name {
            return try await finish(successor, at: destination, isDryRun: isDryRun)
        }
        let answer = try await service.perform(
            command,
            as: caller,
            options: CommandOptions(isDryRun: isDryRun, requestID: requestID)
        )
        if !isDryRun { try await release(to: destination) }
        return answer
    }

    /// The registry was closed before, and its copy may wait to be released.
    private func finish(
        _ successor: Successor,
        at destination: any RegistryDestination,
        isDryRun: Bool
    ) async throws -> CopyRegistry.Answer {
        let (seal, row) = try await read { reading in
            let before = LedgerCursor.commit(seal: successor.seal, ledger: -1, sequence: 0)
            return (try reading.seal(successor.seal), try reading.auditEntries(.all, after: before, limit: 1).first)
        }
        guard let seal, let row else {
            throw Refusal(.registryDamaged, "The registry is closed, and its ledger does not say where it went.")
        }
        if !isDryRun { try await release(to: destination) }
        return try CopyRegistry.Answer(seal: seal, row: row)
    }

    private func release(to destination: any RegistryDestination) async throws {
        do {
            guard let seal = try await read({ try $0.lastSeal() }) else { return }
            try resetAnchor(to: seal)
            try destination.release(seal)
        } catch let refusal as Refusal {
            throw Refusal(
                refusal.code,
                "The registry is closed and its copy is complete, but the copy could not be opened yet: \(refusal.detail) "
                    + "Run the same command again."
            )
        }
    }
}
