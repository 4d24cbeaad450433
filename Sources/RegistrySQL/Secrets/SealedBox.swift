import Crypto
import FoundationEssentials
package import Registry

/// Seals codes with AES-GCM, and finds them by HMAC-SHA256 of their normal form.
package struct SealedBox: SecretBox {
    private let key: RegistryKey

    package init(key: RegistryKey) {
        self.key = key
    }

    package func seal(_ code: ActivationCode) throws -> SealedCode {
        let lookup = lookup(for: code)
        let box = try AES.GCM.seal(Data(code.normalForm.utf8), using: key.sealing, authenticating: lookup.bytes)
        guard let combined = box.combined else {
            throw Refusal(.registryKeyInvalid, "The code could not be sealed.")
        }
        return SealedCode(bytes: Array(combined), lookup: lookup, lastGroup: code.lastGroup)
    }

    package func open(_ sealed: SealedCode) throws -> ActivationCode {
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

    package func lookup(for code: ActivationCode) -> CodeLookup {
        let digest = HMAC<SHA256>.authenticationCode(for: Data(code.normalForm.utf8), using: key.lookup)
        return CodeLookup(bytes: Array(digest))
    }

    package func digest(of bytes: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key.digest))
    }
}
