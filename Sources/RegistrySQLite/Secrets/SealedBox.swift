import Crypto
import FoundationEssentials
import Registry

/// Seals codes with AES-GCM, and finds them by HMAC-SHA256 of their normal form.
struct SealedBox: SecretBox {
    let key: RegistryKey

    func seal(_ code: ActivationCode) throws -> SealedCode {
        let lookup = lookup(for: code)
        let box = try AES.GCM.seal(Data(code.normalForm.utf8), using: key.sealing, authenticating: lookup.bytes)
        guard let combined = box.combined else {
            throw Refusal(.registryKeyInvalid, "The code could not be sealed.")
        }
        return SealedCode(bytes: Array(combined), lookup: lookup, lastGroup: code.lastGroup)
    }

    func open(_ sealed: SealedCode) throws -> ActivationCode {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.bytes)
            let plain = try AES.GCM.open(box, using: key.sealing, authenticating: sealed.lookup.bytes)
            return ActivationCode(unsealed: String(decoding: plain, as: UTF8.self))
        } catch {
            throw Refusal(
                .registryKeyInvalid,
                "The code ending in \(sealed.lastGroup) cannot be opened: the registry's key is not the one it was sealed with, or the "
                    + "sealed code was changed."
            )
        }
    }

    func lookup(for code: ActivationCode) -> CodeLookup {
        let digest = HMAC<SHA256>.authenticationCode(for: Data(code.normalForm.utf8), using: key.lookup)
        return CodeLookup(bytes: Array(digest))
    }

    func digest(of bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key.digest))
    }
}
