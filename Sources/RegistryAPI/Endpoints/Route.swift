public import Registry

/// Where an operation stands on the daemon's socket.
public struct Route: Hashable, Sendable {
    /// The HTTP methods that operations use.
    public enum Method: String, CaseIterable, Hashable, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    /// The HTTP method.
    public let method: Method
    /// Begins with `/v1/`; `{name}` takes the input's field of that name.
    public let path: String
    /// The operation's name in the OpenAPI document.
    public let name: String
    /// One line for a person.
    public let summary: String
    /// The HTTP status of a success.
    public let successStatus: Int

    /// Whether it can change something, or leaves a row in the ledger: it takes an idempotency key then.
    public let isWrite: Bool

    init(
        _ method: Method,
        _ path: String,
        _ name: String,
        _ summary: String,
        successStatus: Int,
        isWrite: Bool
    ) {
        self.method = method
        self.path = path
        self.name = name
        self.summary = summary
        self.successStatus = successStatus
        self.isWrite = isWrite
    }

    /// Whether the fields that are not in the path stand in a body, rather than in the query.
    public var hasBody: Bool { method != .get }
}

/// Who calls an operation, and how.
public struct Call: Sendable {
    /// What carries out the operation.
    public var service: RegistryService
    /// Who calls, as the kernel says.
    public let caller: Caller
    /// The request's id, idempotency key and overrides, and whether it is a dry run.
    public let options: CommandOptions

    /// A call by `caller`.
    public init(service: RegistryService, caller: Caller, options: CommandOptions) {
        self.service = service
        self.caller = caller
        self.options = options
    }
}
