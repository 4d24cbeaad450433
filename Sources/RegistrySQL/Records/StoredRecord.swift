import FoundationEssentials
import JSON
import Registry

/// What is stored of a value of the domain as one JSON text.
///
/// It is a type of its own with a version, so that a property of the domain can be renamed without breaking a registry.
/// What was published as part of an answer keeps the names of its fields, and may stand in a record as it is.
protocol StoredRecord: Codable {
    associatedtype Value
    /// Goes up when a stored text could be read wrongly or not at all.
    static var version: Int { get }
    /// The oldest version whose texts can still be read.
    static var oldestVersion: Int { get }
    init(_ value: Value)
    var value: Value { get }
}

extension StoredRecord {
    static var oldestVersion: Int { version }

    static func text(of value: Value) throws -> String {
        try JSONWriter().text(of: Envelope(record: Self(value), version: version))
    }

    /// - Throws: `Refusal` with `registry.damaged` when the text is no record of this version.
    static func value(in text: String) throws -> Value {
        try read(text)
    }

    static func read(_ text: String) throws -> Value {
        let envelope = try? JSONDecoder().decode(Envelope<Self>.self, from: Data(text.utf8))
        guard let envelope, (oldestVersion...version).contains(envelope.version) else {
            throw Refusal(.registryDamaged, "The registry contains an unreadable \(Value.self).")
        }
        return envelope.record.value
    }
}

private struct Envelope<Record: Codable>: Codable {
    let record: Record
    let version: Int
}
