import NIOHTTP1
import Registry
import RegistryAPI
import Synchronization

/// The name of a request, for the ledger and every log.
enum RequestID {
    private static let nameBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-".utf8)
    private static let count = Atomic<UInt64>(.random(in: .min ... .max))

    /// The client's, or a new one.
    /// - Throws: `RequestProblem`.
    static func read(_ headers: HTTPHeaders) throws -> String {
        guard headers.contains(name: Answer.requestIDName) else { return new() }
        let names = headers[Answer.requestIDName]
        guard names.count == 1, let name = names.first, (1...64).contains(name.utf8.count),
            name.utf8.allSatisfy(nameBytes.contains)
        else {
            throw RequestProblem(
                .requestMalformed,
                "An X-Request-Id is 1 to 64 letters, digits, dots, underscores or dashes."
            )
        }
        guard !ActivationCode.stands(in: name) else {
            throw RequestProblem(
                .requestMalformed,
                "The X-Request-Id looks like a token's code or a product key; give another one."
            )
        }
        return name
    }

    /// `r-` and 16 hexadecimal digits, the same for no two requests of this process.
    static func new() -> String {
        // SplitMix64's mixing, which maps no two numbers to one.
        var bits = count.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        bits ^= bits >> 31
        return String(unsafeUninitializedCapacity: 18) { buffer in
            buffer[0] = UInt8(ascii: "r")
            buffer[1] = UInt8(ascii: "-")
            for place in 2..<18 {
                let digit = UInt8(truncatingIfNeeded: bits >> 60)
                buffer[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
                bits <<= 4
            }
            return 18
        }
    }
}
