import Registry
import RegistryAPI

/// Finds what answers a method and a path; made once from the endpoint table.
struct RouteTable: Sendable {
    enum Handler: Sendable {
        case operation(Endpoint)
        case service(ServiceRoute)
        /// A page, which has routes of its own.
        case web
    }

    struct Route: Sendable {
        let handler: Handler
        let parameterNames: [String]
        /// Where its figures are kept.
        let meter: OperationMeter
    }

    /// A tree by path segment.
    private struct Node: Sendable {
        var words: [String: Node] = [:]
        /// What any other segment leads to: one node at most.
        var parameter: [Node] = []
        var routes: [String: Route] = [:]

        mutating func add(_ method: String, _ path: ArraySlice<Substring>, _ route: Route) {
            guard let segment = path.first else {
                precondition(routes[method] == nil, "\(route.meter.name) has the path of another operation")
                routes[method] = route
                return
            }
            guard segment.hasPrefix("{") else {
                return words[String(segment), default: Node()].add(method, path.dropFirst(), route)
            }
            if parameter.isEmpty { parameter = [Node()] }
            parameter[0].add(method, path.dropFirst(), route)
        }

        /// The routes at `path`, words first, and the values of its parameters.
        func find(_ path: ArraySlice<String>) -> (routes: [String: Route], values: [String])? {
            guard let segment = path.first else { return routes.isEmpty ? nil : (routes, []) }
            if let found = words[segment]?.find(path.dropFirst()) { return found }
            guard !segment.isEmpty, let found = parameter.first?.find(path.dropFirst()) else { return nil }
            return (found.routes, [segment] + found.values)
        }
    }

    private var root = Node()

    init(_ endpoints: [Endpoint], metrics: ServerMetrics) {
        func add(_ method: String, _ path: String, _ name: String, _ handler: Handler) {
            let segments = path.split(separator: "/")
            let names = segments.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
            let route = Route(handler: handler, parameterNames: names, meter: metrics.meter(named: name))
            root.add(method, segments[...], route)
        }
        for endpoint in endpoints {
            add(endpoint.route.method.rawValue, endpoint.route.path, endpoint.route.name, .operation(endpoint))
        }
        for route in ServiceRoute.allCases {
            add(route.method.rawValue, route.path, route.name, .service(route))
        }
    }

    /// What answers, and the path's parameters by name. `HEAD` finds what `GET` does.
    /// - Throws: `RequestProblem` where the path is unknown, or takes other methods.
    func route(_ method: String, _ path: [String]) throws -> (Route, [WireValue.Member]) {
        guard let (routes, values) = root.find(path[...]) else {
            throw RequestProblem(.routeNotFound, "Unknown path; see \(ServiceRoute.openAPI.path).")
        }
        guard let route = routes[method == "HEAD" ? "GET" : method] else {
            let methods = routes.keys.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }.sorted()
            throw RequestProblem(
                .methodNotAllowed,
                "The path takes \(methods.joined(separator: ", ")), not \(ActivationCode.excerpt(of: method, 20)).",
                allow: methods
            )
        }
        return (route, zip(route.parameterNames, values).map { .init(name: $0, value: .parameter($1)) })
    }
}
