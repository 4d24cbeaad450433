/// What is asked of the server, and for how long.
struct LoadOptions {
    static let usage = """
        usage: LoadGenerator --socket PATH --requests FILE [--connections N] [--seconds S] [--warm-up S] [--once]
                             [--keys]

        FILE has one request a line: a method, a path, and for a POST a JSON body, separated by blanks. They are sent
        in the file's order, and from its beginning again unless --once. --keys gives each an Idempotency-Key.
        """

    var socket = ""
    var requests = ""
    var connections = 64
    /// Without the warm-up.
    var seconds = 5.0
    /// What ends in it does not count.
    var warmUp = 0.5
    var repeats = true
    var hasKeys = false

    init(_ arguments: ArraySlice<String>) throws(Fault) {
        var rest = arguments
        while let name = rest.popFirst() {
            switch name {
            case "--once": repeats = false
            case "--keys": hasKeys = true
            case "--socket": socket = try Self.value(of: name, &rest) { $0 }
            case "--requests": requests = try Self.value(of: name, &rest) { $0 }
            case "--connections":
                connections = try Self.value(of: name, &rest) {
                    Int($0).flatMap { (1...10_000).contains($0) ? $0 : nil }
                }
            case "--seconds": seconds = try Self.value(of: name, &rest, Self.duration)
            case "--warm-up": warmUp = try Self.value(of: name, &rest, Self.duration)
            default: throw Fault("unknown option \(name)\n\n\(Self.usage)")
            }
        }
        guard !socket.isEmpty, !requests.isEmpty else { throw Fault(Self.usage) }
    }

    private static func duration(_ text: String) -> Double? {
        Double(text).flatMap { (0...86_400).contains($0) ? $0 : nil }
    }

    private static func value<Value>(
        of name: String,
        _ rest: inout ArraySlice<String>,
        _ read: (String) -> Value?
    ) throws(Fault) -> Value {
        guard let text = rest.popFirst(), let value = read(text) else { throw Fault("\(name) needs a value") }
        return value
    }
}

/// Something that ends the run.
struct Fault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
