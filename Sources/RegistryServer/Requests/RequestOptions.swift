import HTTPTypes
import Registry
import RegistryAPI

/// The parts of a request that say how it is carried out, whatever it is.
enum RequestOptions {
    /// The names that they have in a query.
    static let names: Set<String> = ["dryRun", "override"]

    /// Takes `dryRun` and `override` out of `query`.
    /// - Throws: `RequestProblem`, `InputFault`.
    static func read(
        _ headers: HTTPFields,
        _ query: [(name: String, value: String)],
        requestID: String
    ) throws -> CommandOptions {
        var options = CommandOptions(requestID: requestID)
        options.idempotencyKey = try idempotencyKey(headers)
        var seenDryRun = false
        for (name, value) in query {
            switch name {
            case "dryRun":
                guard !seenDryRun else { throw InputFault(field: name, reason: "it was given twice") }
                seenDryRun = true
                switch value {
                case "true": options.isDryRun = true
                case "false": break
                default: throw InputFault(field: name, reason: "expected true or false")
                }
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
        guard keys.count <= 1 else { throw RequestProblem(.requestMalformed, "Idempotency-Key was given twice.") }
        guard let key = keys.first else { return nil }
        guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw RequestProblem(.requestMalformed, "An Idempotency-Key is 1 to 200 visible ASCII characters.")
        }
        return key
    }

    /// The client's name for the request, or a new one.
    /// - Throws: `RequestProblem`.
    static func requestID(_ headers: HTTPFields) throws -> String {
        let names = headers[values: .requestID]
        guard let name = names.first else { return RequestIdentifier.make() }
        guard names.count == 1, RequestIdentifier.isValid(name) else {
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
}
