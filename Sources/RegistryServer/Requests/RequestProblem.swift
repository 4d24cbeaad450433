import NIOHTTP1
import Registry
import RegistryAPI

/// A request that the transport refuses.
struct RequestProblem: Error {
    let kind: TransportProblem
    let detail: String
    /// The methods that the path takes, for `method.not-allowed`.
    var allow: [String] = []

    init(_ kind: TransportProblem, _ detail: String, allow: [String] = []) {
        self.kind = kind
        self.detail = detail
        self.allow = allow
    }
}

extension ProblemAnswer {
    /// What the caller is told of `error`; nil for what nobody foresaw.
    init?(of error: any Error, requestID: String) {
        switch error {
        case let refusal as Refusal:
            self.init(Problem(refusal, requestID: requestID))
        case let problem as RequestProblem:
            self.init(problem.kind.problem(problem.detail, requestID: requestID), allow: problem.allow)
        case let problem as Problem:
            self.init(problem)
        case let fault as JSONFault: self.init(Problem(fault, requestID: requestID))
        case let fault as InputFault: self.init(Problem(fault, requestID: requestID))
        case let fault as RequestTarget.Fault:
            self.init(
                TransportProblem.requestMalformed.problem(
                    "The request's target is not valid: \(fault.reason).",
                    requestID: requestID
                )
            )
        case is HTTPParserError, is RequestCutOff, is CancellationError:
            self.init(
                TransportProblem.requestMalformed.problem("The request was cut off.", requestID: requestID)
            )
        default:
            return nil
        }
    }
}
