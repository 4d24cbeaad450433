import Crypto
import CryptoExtras
import FoundationEssentials
package import Registry

/// A copy of a registry's key for a safe place, as a text of four lines: what it is, the key's fingerprint, how the
/// passphrase becomes a key (scrypt, RFC 7914), and the file's bytes sealed with that (AES-GCM) over the lines before.
package enum KeyCopy {
    private static let title = "tokenctl key copy, version 1"
    /// 128 MiB of memory and about half a second for each guess.
    package static let rounds = 1 << 17
    private static let blockSize = 8
    /// What a file may ask for: a hostile one takes no more than 1 GiB.
    private static let allowedRounds = (1 << 14)...(1 << 20)

    /// - Parameter rounds: a power of two; fewer are for tests.
    package static func seal(
        _ key: RegistryKey,
        under passphrase: Passphrase,
        rounds: Int = Self.rounds
    ) throws -> [UInt8] {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        let head = """
            \(title)
            fingerprint \(key.fingerprint.hexadecimal)
            scrypt \(rounds) \(blockSize) 1 \(salt.hexadecimal)

            """
        let box = try AES.GCM.seal(
            key.fileBytes,
            using: derivedKey(passphrase, salt: salt, rounds: rounds),
            authenticating: Array(head.utf8)
        )
        guard let sealed = box.combined else { throw Refusal(.registryKeyInvalid, "The key could not be sealed.") }
        return Array("\(head)\(Array(sealed).hexadecimal)\n".utf8)
    }

    /// - Parameter path: the file that `bytes` come from.
    /// - Throws: `Refusal` with `input.invalid` for a text that is no such copy, or another passphrase.
    package static func open(_ bytes: [UInt8], with passphrase: Passphrase, path: String) throws -> RegistryKey {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        let words = lines.count == 5 ? lines[2].split(separator: " ") : []
        guard lines.count == 5, lines[0] == title, lines[4].isEmpty, words.count == 5, words[0] == "scrypt",
            let rounds = Int(words[1]), allowedRounds.contains(rounds), rounds & (rounds - 1) == 0,
            Int(words[2]) == blockSize, words[3] == "1",
            let salt = [UInt8](hexadecimal: words[4]), let sealed = [UInt8](hexadecimal: lines[3])
        else {
            throw Refusal(.inputInvalid, "\(path) is not a copy of a key that 'tokenctl registry export-key' made.")
        }
        let head = lines.prefix(3).joined(separator: "\n") + "\n"
        do {
            let plain = try AES.GCM.open(
                AES.GCM.SealedBox(combined: sealed),
                using: derivedKey(passphrase, salt: salt, rounds: rounds),
                authenticating: Array(head.utf8)
            )
            if let key = RegistryKey(file: Array(plain), origin: path) { return key }
        } catch is CryptoKitError {}
        throw Refusal(
            .inputInvalid,
            "The passphrase is not the one that \(path) was made with, or the file was changed."
        )
    }

    private static func derivedKey(_ passphrase: Passphrase, salt: [UInt8], rounds: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: passphrase.bytes,
            salt: salt,
            outputByteCount: 32,
            rounds: rounds,
            blockSize: blockSize,
            parallelism: 1
        )
    }
}

extension [UInt8] {
    /// Nil for what is not pairs of hexadecimal digits.
    fileprivate init?(hexadecimal text: Substring) {
        guard text.utf8.count % 2 == 0, text.utf8.allSatisfy({ $0.isHexadecimal }) else { return nil }
        let digits = Array(text.utf8)
        self = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
        }
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}
