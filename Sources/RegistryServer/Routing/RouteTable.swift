import RegistryAPI

/// Finds what answers a method and a path; made once from the endpoint table.
struct RouteTable: Sendable {
    enum Handler: Sendable {
        case operation(Endpoint)
        case service(ServiceRoute)
    }

    struct Match: Sendable {
        let handler: Handler
        /// The path's parameters by name.
        let parameters: [WireValue.Member]
        /// Where the handler's figures are kept.
        let meter: OperationMeter
    }

    enum Resolution: Sendable {
        case found(Match)
        /// The path is there, and takes these methods.
        case otherMethods([String])
        case none
    }

    /// A tree by path segment: the words first, then a parameter.
    private struct Node: Sendable {
        var words: [String: Int] = [:]
        var parameter: Int?
        var endpoints: [String: Leaf] = [:]
    }

    private struct Leaf: Sendable {
        let handler: Handler
        let parameterNames: [String]
        let meter: OperationMeter
    }

    private var nodes: [Node] = [Node()]
    /// Every method and path template, for the test that holds the OpenAPI document to them.
    private(set) var routes: [(method: String, path: String)] = []

    init(_ entries: [Endpoint], metrics: ServerMetrics) {
        for entry in entries {
            add(entry.route.method.rawValue, entry.route.path, entry.route.name, .operation(entry), metrics)
        }
        for route in ServiceRoute.allCases { add("GET", route.path, route.name, .service(route), metrics) }
    }

    private mutating func add(
        _ method: String,
        _ path: String,
        _ name: String,
        _ handler: Handler,
        _ metrics: ServerMetrics
    ) {
        var place = 0
        var names: [String] = []
        for segment in path.split(separator: "/") {
            if segment.hasPrefix("{"), segment.hasSuffix("}") {
                names.append(String(segment.dropFirst().dropLast()))
                place = nodes[place].parameter ?? grow { nodes, next in nodes[place].parameter = next }
            } else {
                let word = String(segment)
                place = nodes[place].words[word] ?? grow { nodes, next in nodes[place].words[word] = next }
            }
        }
        precondition(nodes[place].endpoints[method] == nil, "\(method) \(path) is in the table twice")
        nodes[place].endpoints[method] = Leaf(
            handler: handler,
            parameterNames: names,
            meter: metrics.meter(named: name)
        )
        routes.append((method, path))
    }

    private mutating func grow(_ link: (inout [Node], Int) -> Void) -> Int {
        nodes.append(Node())
        link(&nodes, nodes.count - 1)
        return nodes.count - 1
    }

    /// `HEAD` finds what `GET` does.
    func resolve(method: String, segments: [String]) -> Resolution {
        var values: [String] = []
        guard let node = node(segments[...], from: 0, &values), !nodes[node].endpoints.isEmpty else { return .none }
        let endpoints = nodes[node].endpoints
        guard let endpoint = endpoints[method == "HEAD" ? "GET" : method] else {
            let methods = endpoints.keys.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
            return .otherMethods(methods.sorted())
        }
        let parameters = zip(endpoint.parameterNames, values).map { name, value in
            WireValue.Member(name: name, value: .parameter(value))
        }
        return .found(Match(handler: endpoint.handler, parameters: parameters, meter: endpoint.meter))
    }

    private func node(_ segments: ArraySlice<String>, from place: Int, _ values: inout [String]) -> Int? {
        guard let segment = segments.first else { return nodes[place].endpoints.isEmpty ? nil : place }
        if let next = nodes[place].words[segment], let found = node(segments.dropFirst(), from: next, &values) {
            return found
        }
        guard let next = nodes[place].parameter, !segment.isEmpty else { return nil }
        values.append(segment)
        if let found = node(segments.dropFirst(), from: next, &values) { return found }
        values.removeLast()
        return nil
    }
}
