/// What can be written for a field of a use case.
public protocol FieldValue {
    var wireValue: WireValue { get }
}

extension WireValue: FieldValue {
    /// The value itself.
    public var wireValue: WireValue { self }
}

extension String: FieldValue {
    /// A JSON string.
    public var wireValue: WireValue { .text(self) }
}

extension Int: FieldValue {
    /// A JSON number.
    public var wireValue: WireValue { .number(String(self)) }
}

extension Bool: FieldValue {
    /// `true` or `false`.
    public var wireValue: WireValue { .flag(self) }
}

extension Array: FieldValue where Element: FieldValue {
    /// A JSON array.
    public var wireValue: WireValue { .list(map(\.wireValue)) }
}

/// The fields of a use case, such as `["tenant": tenant, "on": day]`. What is nil is left out.
extension WireValue: ExpressibleByDictionaryLiteral {
    /// An object with the fields that are not nil, in the order given.
    public init(dictionaryLiteral elements: (String, (any FieldValue)?)...) {
        self = .object(elements.compactMap { name, value in value.map { Member(name: name, value: $0.wireValue) } })
    }
}

extension WireValue {
    /// The members of an object; none of anything else.
    public var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The same object with one more field, or with another value of it.
    public func setting(_ name: String, to value: (any FieldValue)?) -> WireValue {
        let others = members.filter { $0.name != name }
        return .object(others + (value.map { [Member(name: name, value: $0.wireValue)] } ?? []))
    }
}
