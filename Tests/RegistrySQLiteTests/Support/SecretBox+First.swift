import Registry

extension SecretBox {
    /// Sealed with the registry's first key.
    func seal(_ code: ActivationCode) throws -> SealedCode { try seal(code, with: 1) }
}
