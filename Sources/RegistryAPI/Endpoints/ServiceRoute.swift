import ProgramVersion
public import Registry

/// What the daemon answers beside the operations, to anyone who may connect.
public enum ServiceRoute: String, CaseIterable, Hashable, Sendable {
    case openAPI = "/v1/openapi.json"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"

    /// The path on the socket.
    public var path: String { rawValue }

    /// The operation's name in the OpenAPI document.
    public var name: String {
        switch self {
        case .openAPI: "openApiDocument"
        case .health: "health"
        case .readiness: "readiness"
        case .metrics: "metrics"
        }
    }

    /// One line for a person.
    public var summary: String {
        switch self {
        case .openAPI: "This document"
        case .health: "Whether the daemon runs"
        case .readiness: "Whether the daemon takes requests and can read its registry"
        case .metrics: "Figures for Prometheus"
        }
    }

    /// The media type of the answer.
    public var contentType: String {
        switch self {
        case .openAPI: "application/json"
        case .health, .readiness: "application/json"
        case .metrics: "text/plain; version=0.0.4; charset=utf-8"
        }
    }
}

/// What `/healthz` and `/readyz` answer.
public struct HealthResource: Codable, Sendable {
    /// `alive` or `ready`.
    public let status: String
    /// The daemon's version.
    public let version: String
    /// The commit that the daemon was built from; null where that is not known.
    @Nullable public var commit: String?

    /// An answer with this status, of this program.
    public init(status: String) {
        self.status = status
        version = Version.current
        commit = Version.commit
    }
}
