import NIOHTTP1
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

extension Answer {
    /// What the caller is told of `error`; nil for what nobody foresaw.
    init?(_ error: any Error, requestID: String) {
        switch error {
        case let problem as RequestProblem:
            self.init(problem.kind.problem(problem.detail, requestID: requestID), allow: problem.allow)
        case is HTTPParserError, is RequestCutOff, is CancellationError:
            self.init(TransportProblem.requestMalformed.problem("The request was cut off.", requestID: requestID))
        default:
            guard let problem = Problem(of: error, requestID: requestID) else { return nil }
            self.init(problem)
        }
    }
}
