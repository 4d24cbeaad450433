import JSON
import Registry

extension Problem {
    /// The problem document of an error that a use case or the reading of its input throws; nil for one that nobody
    /// foresaw.
    public init?(of error: any Error, requestID: String) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as Refusal: self.init(refusal, requestID: requestID)
        case let fault as InputFault:
            let field = String(ActivationCode.excerpt(of: fault.field, 100))
            self = TransportProblem.inputInvalid.problem(
                field.isEmpty
                    ? "The input is not valid: \(fault.reason)." : "The field \(field) is not valid: \(fault.reason).",
                requestID: requestID,
                members: ["field": field]
            )
        case let fault as JSONFault:
            self = TransportProblem.requestMalformed.problem(
                "The body is not valid JSON: \(fault.reason) (line \(fault.line), column \(fault.column)).",
                requestID: requestID,
                members: ["line": fault.line, "position": fault.column]
            )
        default: return nil
        }
    }

    /// Runs `body`; what it throws leaves as a problem.
    static func translating<Value>(requestID: String, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            throw Problem(of: error, requestID: requestID) ?? error
        }
    }
}
