import Crypto
import FoundationEssentials
package import Registry

/// Seals codes with AES-GCM, and finds them by HMAC-SHA256 of their normal form.
///
/// A code that is not sealed with the first sealing key has its key's number before the nonce.
package struct SealedBox: SecretBox {
    private let ring: KeyRing
    // These stay whatever becomes of the sealing keys: what was digested is kept for ever.
    private let lookup: SymmetricKey
    private let digest: SymmetricKey

    package init(ring: KeyRing) {
        self.ring = ring
        (lookup, digest) = (ring.key.lookup, ring.key.digest)
    }

    package init(key: RegistryKey) {
        self.init(ring: KeyRing(key: key))
    }

    package func seal(_ code: ActivationCode, with number: Int) throws -> SealedCode {
        let lookup = lookup(for: code)
        let prefix = SealedCode.prefix(ofSealingKey: number)
        let box = try AES.GCM.seal(
            Data(code.normalForm.utf8),
            using: sealingKey(number),
            authenticating: prefix + lookup.bytes
        )
        guard let combined = box.combined else {
            throw Refusal(.registryKeyInvalid, "The code could not be sealed.")
        }
        return SealedCode(bytes: prefix + combined, lookup: lookup, lastGroup: code.lastGroup)
    }

    package func open(_ sealed: SealedCode) throws -> ActivationCode {
        let number = sealed.sealingKey
        let key = try sealingKey(number)
        let prefix = SealedCode.prefix(ofSealingKey: number)
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.bytes.dropFirst(prefix.count))
            let plain = try AES.GCM.open(box, using: key, authenticating: prefix + sealed.lookup.bytes)
            return ActivationCode(unsealed: String(decoding: plain, as: UTF8.self))
        } catch {
            throw Refusal(
                .registryKeyInvalid,
                "The code ending in \(sealed.lastGroup) cannot be opened: the registry's key is not the one it was sealed with, or the "
                    + "sealed code was changed."
            )
        }
    }

    package func lookup(for code: ActivationCode) -> CodeLookup {
        let digest = HMAC<SHA256>.authenticationCode(for: Data(code.normalForm.utf8), using: lookup)
        return CodeLookup(bytes: Array(digest))
    }

    package func digest(of bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: digest))
    }

    package func fingerprint(ofSealingKey number: Int) throws -> [UInt8] {
        guard let fingerprint = try ring.keyHolding(number)?.fingerprint(ofSealingKey: number) else {
            throw Self.missing(number, in: ring.path)
        }
        return fingerprint
    }

    private func sealingKey(_ number: Int) throws -> SymmetricKey {
        guard let key = try ring.keyHolding(number)?.sealingKey(number) else {
            throw Self.missing(number, in: ring.path)
        }
        return key
    }

    /// This host's copy of the key is older than the registry's last rotation.
    static func missing(_ number: Int, in path: String) -> Refusal {
        Refusal(
            .registryKeyInvalid,
            "\(path) lacks sealing key \(number), which codes are sealed with: it is a copy from before the key was rotated. Bring it "
                + "up to date with 'tokenctl registry export-key' where it was rotated, and 'import-key' here.",
            facts: ["path": path, "sealingKey": number]
        )
    }
}
