public import Registry

/// What can go wrong between a client and the use cases: the transport's own problems, beside the refusals.
public enum TransportProblem: String, CaseIterable, Hashable, Sendable {
    case requestMalformed = "request.malformed"
    case callerUnknown = "caller.unknown"
    case originRefused = "origin.refused"
    case pageNotServed = "page.not-served"
    case routeNotFound = "route.not-found"
    case methodNotAllowed = "method.not-allowed"
    case requestTimeout = "request.timeout"
    case bodyTooLarge = "request.too-large"
    case mediaTypeUnsupported = "media-type.unsupported"
    case inputInvalid = "input.invalid"
    case tooManyConnections = "connections.too-many"
    case tooManyRequests = "requests.too-many"
    case headersTooLarge = "headers.too-large"
    case unforeseen = "internal"
    case stopping = "daemon.stopping"
    case daemonUnreachable = "daemon.unreachable"
    case daemonBusy = "daemon.busy"
    case outcomeUnknown = "outcome.unknown"
    case answerUnreadable = "daemon.answer-unreadable"

    /// The stable code in the problem document.
    public var code: String { rawValue }

    /// The HTTP status; for what only a client can tell, the nearest one.
    public var status: Int { disposition.status }
    /// What `tokenctl` ends with.
    public var exitCode: Int32 { disposition.exitCode }
    /// A short text that is the same for every problem of this code.
    public var title: String { disposition.title }

    /// The problem document.
    /// - Parameter members: what the detail says, for programs.
    public func problem(_ detail: String, requestID: String, members: Refusal.Facts = [:]) -> Problem {
        Problem(
            code: code,
            title: title,
            status: status,
            exitCode: exitCode,
            detail: detail,
            requestID: requestID,
            members: members
        )
    }

    private var disposition: (status: Int, exitCode: Int32, title: String) {
        switch self {
        case .requestMalformed: (400, 65, "The request cannot be read")
        case .callerUnknown: (403, 4, "The caller is not known")
        case .originRefused: (403, 4, "The request comes from elsewhere")
        case .pageNotServed: (503, 7, "The daemon serves no page for browsers")
        case .routeNotFound: (404, 3, "No such path")
        case .methodNotAllowed: (405, 64, "The path takes other methods")
        case .requestTimeout: (408, 1, "The request came too slowly")
        case .bodyTooLarge: (413, 65, "The body is too large")
        case .mediaTypeUnsupported: (415, 65, "The body is of another media type")
        case .inputInvalid: (422, 65, "The input is not valid")
        case .tooManyConnections: (429, 1, "Too many connections")
        case .tooManyRequests: (429, 1, "Too many requests")
        case .headersTooLarge: (431, 65, "The headers are too large")
        case .unforeseen: (500, 1, "Internal error")
        case .stopping: (503, 1, "The daemon is stopping")
        case .daemonUnreachable: (503, 7, "The daemon cannot be reached")
        case .daemonBusy: (503, 7, "The daemon is busy")
        case .outcomeUnknown: (504, 8, "The outcome is not known")
        case .answerUnreadable: (502, 1, "The answer cannot be read")
        }
    }
}
