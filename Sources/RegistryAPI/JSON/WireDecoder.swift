import Registry

/// Reads an operation's input from a request, and refuses what the input does not ask for.
public struct WireDecoder: Decoder {
    let value: WireValue
    /// Where the value stands in the input.
    public let codingPath: [any CodingKey]
    /// What it reads was stated by a caller.
    public var userInfo: [CodingUserInfoKey: Any] { CalendarDate.statedKey.map { [$0: true] } ?? [:] }
    /// What is wrong is collected here, since a type's own decoding cannot tell what it left unread.
    let audit: WireAudit

    /// Reads an input with `body`.
    /// - Throws: `InputFault`.
    public static func decoding<Input>(_ value: WireValue, _ body: (any Decoder) throws -> Input) throws -> Input {
        let audit = WireAudit()
        do {
            // Also where the input asks for nothing.
            audit.open([], value.members)
            let input = try body(WireDecoder(value: value, codingPath: [], audit: audit))
            try audit.check()
            return input
        } catch let error as DecodingError {
            throw InputFault(error)
        }
    }

    /// The members of an object.
    /// - Throws: `DecodingError` for any other value.
    public func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch("an object") }
        let container = WireObjectContainer<Key>(decoder: self, members: members)
        audit.open(codingPath, members)
        return KeyedDecodingContainer(container)
    }

    /// The items of a list, or the texts of a query parameter.
    /// - Throws: `DecodingError` for any other value.
    public func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value {
        case .list(let items): WireListContainer(decoder: self, items: items)
        case .parameters(let texts): WireListContainer(decoder: self, items: texts.map(WireValue.parameter))
        case .parameter(let text): WireListContainer(decoder: self, items: [.parameter(text)])
        default: throw mismatch("a list")
        }
    }

    /// The value itself.
    public func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func nested(_ value: WireValue, _ key: any CodingKey) -> WireDecoder {
        WireDecoder(value: value, codingPath: codingPath + [key], audit: audit)
    }

    func mismatch(_ expected: String) -> DecodingError {
        .typeMismatch(
            String.self,
            .init(codingPath: codingPath, debugDescription: "it is \(expected), not \(value.kind)")
        )
    }
}

extension WireDecoder: SingleValueDecodingContainer {
    /// Whether the value is null.
    public func decodeNil() -> Bool {
        if case .null = value { true } else { false }
    }

    /// Reads a value; a parameter of the path or query also stands for a number or a flag.
    /// - Throws: `DecodingError`, or what the type throws.
    public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let plain: Any? =
            switch type {
            case is Bool.Type: try flag()
            case is String.Type: try text()
            case is Double.Type: try number()
            case is Float.Type: Float(try number())
            case let type as any (FixedWidthInteger & Decodable).Type: try integer(type)
            default: nil
            }
        return try plain as? Value ?? Value(from: self)
    }

    private func flag() throws -> Bool {
        switch value {
        case .flag(let flag): return flag
        case .parameter("true"): return true
        case .parameter("false"): return false
        default: throw mismatch("true or false")
        }
    }

    private func text() throws -> String {
        switch value {
        case .text(let text), .parameter(let text): return text
        default: throw mismatch("a text")
        }
    }

    private func number() throws -> Double {
        switch value {
        case .number(let text), .parameter(let text):
            guard let number = Double(text), number.isFinite else { throw outOfRange(text) }
            return number
        default: throw mismatch("a number")
        }
    }

    /// A whole number, also written as `25.0` or `2.5e1`.
    private func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
        let text: String
        switch value {
        case .number(let written), .parameter(let written): text = written
        default: throw mismatch("a whole number")
        }
        if let integer = Integer(text), text.first != "+" { return integer }
        guard case .number = value, let number = Double(text), let integer = Integer(exactly: number) else {
            throw outOfRange(text)
        }
        return integer
    }

    private func outOfRange(_ text: String) -> DecodingError {
        .dataCorrupted(
            .init(
                codingPath: codingPath,
                debugDescription:
                    "\"\(ActivationCode.excerpt(of: text, 40))\" is not a whole number that the registry can store"
            )
        )
    }
}
