/// What a copy of the registry's key is sealed under: a secret.
public struct Passphrase: Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    /// A new passphrase has so many characters at least.
    private static let shortest = 12

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    public var description: String { "a passphrase" }

    /// - Throws: `Refusal` with `input.invalid` for one that can be guessed.
    public func requireLong() throws {
        let count = String(decoding: bytes, as: UTF8.self).count
        guard count >= Self.shortest else {
            throw Refusal(
                .inputInvalid,
                "The passphrase has \(count) characters; it needs at least \(Self.shortest), since whoever guesses it can open every "
                    + "code."
            )
        }
    }
}
