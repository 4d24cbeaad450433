import HTTPTypes
import Registry
import RegistryAPI

/// The parts of a request that say how it is carried out, whatever it is.
enum RequestOptions {
    /// The names that they have in a query.
    static let names: Set<String> = ["dryRun", "override"]

    /// Reads `dryRun` and `override`, and no other parameter, and the idempotency key.
    /// - Throws: `RequestProblem`, `InputFault`.
    static func read(_ exchange: Exchange, _ query: [(name: String, value: String)]) throws -> CommandOptions {
        var options = CommandOptions(requestID: exchange.requestID)
        options.idempotencyKey = try idempotencyKey(exchange.headers)
        var seenDryRun = false
        for (name, value) in query {
            switch name {
            case "dryRun":
                guard !seenDryRun else { throw InputFault(field: name, reason: "it was given twice") }
                seenDryRun = true
                guard value == "true" || value == "false" else {
                    throw InputFault(field: name, reason: "expected true or false")
                }
                options.isDryRun = value == "true"
            case "override":
                guard let rule = OverridableRule(named: value) else {
                    throw InputFault(field: name, reason: "expected \(OverridableRule.choices)")
                }
                options.overrides.insert(rule)
            default:
                throw InputFault(field: name, reason: "unknown parameter")
            }
        }
        return options
    }

    private static func idempotencyKey(_ headers: HTTPFields) throws -> String? {
        let keys = headers[values: .idempotencyKey]
        guard keys.count <= 1 else { throw malformed("Idempotency-Key was given twice.") }
        guard let key = keys.first else { return nil }
        guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw malformed("An Idempotency-Key is 1 to 200 visible ASCII characters.")
        }
        return key
    }

    /// The client's name for the request, or a new one, for the ledger and every log.
    /// - Throws: `RequestProblem`.
    static func requestID(_ headers: HTTPFields) throws -> String {
        let names = headers[values: .requestID]
        guard let name = names.first else { return newRequestID() }
        guard names.count == 1, (1...64).contains(name.utf8.count), name.utf8.allSatisfy(nameBytes.contains) else {
            throw malformed("An X-Request-Id is 1 to 64 letters, digits, dots, underscores or dashes.")
        }
        guard !ActivationCode.stands(in: name) else {
            throw malformed("The X-Request-Id looks like a token's code or a product key; give another one.")
        }
        return name
    }

    private static let nameBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-".utf8)

    /// `r-` and 16 hexadecimal digits.
    static func newRequestID() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return "r-" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func malformed(_ detail: String) -> RequestProblem { RequestProblem(.requestMalformed, detail) }
}
