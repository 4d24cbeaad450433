import Registry

extension WireShape {
    /// The shape of `type`.
    /// - Throws: what the type throws when it is read from empty texts and zeros.
    static func of(_ type: any Decodable.Type) throws -> WireShape {
        try probe(type).shape
    }

    /// A value of `type`, and its shape.
    static func probe<Value: Decodable>(_ type: Value.Type) throws -> (value: Value?, shape: WireShape) {
        if let simple = simpleValue(of: type) { return (simple.value as? Value, simple.shape) }
        if let optional = type as? any WireOptional.Type {
            return (optional.none as? Value, .nullable(try of(optional.wrappedType)))
        }
        if let text = type as? any TextValue.Type {
            return (try text.init(text.form.example) as? Value, .form(text.form))
        }
        if type is PageLimit.Type { return (PageLimit.standard as? Value, .bounded(PageLimit.range)) }
        let decoder = ShapeDecoder()
        let value = try Value(from: decoder)
        return (value, decoder.shape(named: name(of: type)))
    }

    private static func simpleValue(of type: any Decodable.Type) -> (value: Any, shape: WireShape)? {
        switch type {
        case is String.Type: ("", .text)
        case is Bool.Type: (false, .flag)
        case is Int.Type: (0, .integer)
        case is Int64.Type: (Int64(0), .integer)
        case is Int32.Type: (Int32(0), .integer)
        case is Double.Type: (Double(0), .number)
        case is AuditValue.Type: (AuditValue.null, .any)
        default: nil
        }
    }

    /// `Page<Registry.TokenResource, …>` is a `TokenPage`; a `Registry.SeatResource.Block` is a `SeatBlock`.
    static func name(of type: any Any.Type) -> String {
        var name = String(reflecting: type)
        for module in ["RegistryAPI.", "Registry."] {
            name = name.split(separator: module, omittingEmptySubsequences: false).joined()
        }
        name = name.split(separator: "Resource", omittingEmptySubsequences: false).joined()
        if name.hasPrefix("Page<"), let comma = name.firstIndex(of: ",") {
            name = name[..<comma].dropFirst(5) + "Page"
        }
        return String(name.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    }
}
