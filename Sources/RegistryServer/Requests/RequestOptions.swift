import NIOHTTP1
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

    private static func idempotencyKey(_ headers: HTTPHeaders) throws -> String? {
        let keys = headers["Idempotency-Key"]
        guard keys.count <= 1 else { throw RequestProblem(.requestMalformed, "Idempotency-Key was given twice.") }
        guard let key = keys.first else { return nil }
        guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw RequestProblem(.requestMalformed, "An Idempotency-Key is 1 to 200 visible ASCII characters.")
        }
        return key
    }
}
