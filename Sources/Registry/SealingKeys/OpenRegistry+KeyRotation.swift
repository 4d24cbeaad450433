/// How far a rotation is.
public enum KeyRotationStep: Hashable, Sendable {
    /// The file has the new key.
    case prepared(sealingKey: Int)
    /// New codes are sealed with it.
    case begun(sealingKey: Int)
    /// So many codes more are.
    case resealed(codes: Int)
}

extension OpenRegistry {
    /// The number of the key that the next rotation, or the one that was interrupted, seals codes with.
    public func nextSealingKey() async throws -> Int {
        let last = try await read { try $0.sealingKeys() }.last
        return last.map { $0.endedAt == nil ? $0.number : $0.number + 1 } ?? 2
    }

    /// Puts the next sealing key into the key's file, and uses it for nothing yet.
    /// - Returns: its number.
    /// - Throws: `Refusal`, with `access.denied` to whoever does not own the registry.
    public func prepareKeyRotation(
        by caller: Caller,
        clock: any InstantSource,
        requestID: String
    ) async throws -> Int {
        let number = try await nextSealingKey()
        _ = try await permittedService(number, caller, clock, requestID)
        try keyFile.add(number)
        return number
    }

    /// Seals every code with a new key, or goes on with a rotation that was interrupted.
    ///
    /// Codes can be opened before, meanwhile and afterwards, and others write meanwhile: the new key is in its file before
    /// anything is sealed with it, and the earlier ones stay there.
    /// - Parameter onStep: told after each step, once it is durable; what it throws ends the work there.
    /// - Throws: `Refusal`.
    public func rotateKey(
        by caller: Caller,
        clock: any InstantSource,
        requestID: String,
        batch: Int = 2_000,
        onStep: (KeyRotationStep) throws -> Void = { _ in }
    ) async throws -> KeyRotationResource {
        let number = try await nextSealingKey()
        let service = try await permittedService(number, caller, clock, requestID)
        if keyFile.isSharedByHosts, try !keyFile.holds(number) {
            throw Refusal(
                .inputInvalid,
                "Other hosts may use this registry, and each needs the new key before anything is sealed with it. Make it with "
                    + "'tokenctl registry rotate-key --prepare', bring every host's copy of \(keyFile.path) up to date, and run "
                    + "this again."
            )
        }
        try keyFile.add(number)
        try onStep(.prepared(sealingKey: number))
        let options = CommandOptions(requestID: requestID)
        _ = try await service.perform(BeginKeyRotation(sealingKey: number), as: caller, options: options)
        try onStep(.begun(sealingKey: number))
        var codes = 0
        for owner in CodeOwner.allCases {
            var last: Int64 = 0
            while true {
                let done = try await service.perform(
                    ResealCodes(owner: owner, after: last, limit: batch),
                    as: caller,
                    options: options
                )
                guard let next = done.last else { break }
                last = next
                codes += done.codes
                try onStep(.resealed(codes: codes))
            }
        }
        return try await service.perform(EndKeyRotation(sealingKey: number, codes: codes), as: caller, options: options)
    }

    /// Whoever may not rotate the key changes no file either.
    private func permittedService(
        _ number: Int,
        _ caller: Caller,
        _ clock: any InstantSource,
        _ requestID: String
    ) async throws -> RegistryService {
        let service = RegistryService(store: self, clock: clock, randomness: SystemRandomSource(), secrets: secrets)
        try await service.checkAccess(to: BeginKeyRotation(sealingKey: number), as: caller, requestID: requestID)
        return service
    }
}
