import Registry

/// What JSON a wire type reads and writes, found by asking its `Decodable` conformance.
indirect enum WireShape: Hashable, Sendable {
    case text
    /// A text of this form.
    case form(TextForm)
    /// A whole number in a range.
    case bounded(ClosedRange<Int>)
    case integer
    case number
    case flag
    /// Any JSON.
    case any
    case list(WireShape)
    case dictionary(WireShape)
    case nullable(WireShape)
    case object(WireObject)
}

/// An object's fields, in the order in which its type reads them.
struct WireObject: Hashable, Sendable {
    /// The type's name, without its module.
    let name: String
    let fields: [Field]
    /// Fields of which there is exactly one.
    var alternatives: [String] = []

    struct Field: Hashable, Sendable {
        let name: String
        let shape: WireShape
        let isRequired: Bool
    }

    /// What a command answers, of an object that also tells whether it was a dry run.
    var answer: WireObject? {
        guard name.hasPrefix("Performed"), name != "Performed" else { return nil }
        return WireObject(name: String(name.dropFirst("Performed".count)), fields: without(["dryRun"]).fields)
    }

    func without(_ names: Set<String>) -> WireObject {
        WireObject(name: name, fields: fields.filter { !names.contains($0.name) })
    }
}

/// A type that stands for a value or for none.
protocol WireOptional {
    static var wrappedType: any Decodable.Type { get }
    static var none: Self { get }
}

extension Optional: WireOptional where Wrapped: Decodable {
    static var wrappedType: any Decodable.Type { Wrapped.self }
}

extension Nullable: WireOptional {
    static var wrappedType: any Decodable.Type { Value.self }
    static var none: Nullable { Nullable(wrappedValue: nil) }
}
