import ProgramVersion
public import Registry

/// What the daemon answers beside the operations, to anyone who may connect.
public enum ServiceRoute: String, CaseIterable, Hashable, Sendable {
    case openAPI = "/v1/openapi.json"
    case health = "/healthz"
    case readiness = "/readyz"
    case metrics = "/metrics"
    case webLink = "/v1/web/links"
    case webSessions = "/v1/web/sessions"

    /// The path on the socket.
    public var path: String { rawValue }

    /// The operation's name in the OpenAPI document.
    public var name: String {
        switch self {
        case .openAPI: "openApiDocument"
        case .health: "health"
        case .readiness: "readiness"
        case .metrics: "metrics"
        case .webLink: "addWebLink"
        case .webSessions: "endWebSessions"
        }
    }

    /// How it is asked for.
    public var method: Route.Method {
        switch self {
        case .openAPI, .health, .readiness, .metrics: .get
        case .webLink: .post
        case .webSessions: .delete
        }
    }

    /// One line for a person.
    public var summary: String {
        switch self {
        case .openAPI: "This document"
        case .health: "Whether the daemon runs"
        case .readiness: "Whether the daemon takes requests and can read its registry"
        case .metrics: "Figures for Prometheus"
        case .webLink: "Make a link that signs the caller in to the page, once"
        case .webSessions: "End the caller's sessions on the page"
        }
    }

    /// The media type of the answer.
    public var contentType: String {
        switch self {
        case .openAPI, .health, .readiness, .webLink, .webSessions: "application/json"
        case .metrics: "text/plain; version=0.0.4; charset=utf-8"
        }
    }
}

/// A link that signs in to the page.
public struct WebLinkResource: Codable, Sendable {
    /// To open in a browser of this machine.
    public let url: String
    /// How many seconds it works, unless it is followed before.
    public let seconds: Int
    /// How many seconds the session lasts at most that it begins.
    public let sessionSeconds: Int

    /// A link to `url`.
    public init(url: String, seconds: Int, sessionSeconds: Int) {
        self.url = url
        self.seconds = seconds
        self.sessionSeconds = sessionSeconds
    }
}

/// The sessions on the page that were ended.
public struct EndedWebSessionsResource: Codable, Sendable {
    /// How many.
    public let ended: Int

    /// So many.
    public init(ended: Int) {
        self.ended = ended
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
