import Synchronization

/// A record that is read far more often than it changes: what its texts say is kept in memory.
protocol CatalogueRecord: StoredRecord where Value: Sendable {
    static var known: KnownTexts<Value> { get }
}

extension CatalogueRecord {
    /// - Throws: `Refusal` with `registry.damaged` when the text is no record of this version.
    static func value(in text: String) throws -> Value {
        try known.value(of: text, read: read)
    }
}

/// What texts say, for those that were read lately.
final class KnownTexts<Value: Sendable>: Sendable {
    /// More than a catalogue has entries.
    private static var limit: Int { 10_000 }

    private let values = Mutex<[String: Value]>([:])

    func value(of text: String, read: (String) throws -> Value) rethrows -> Value {
        if let value = values.withLock({ $0[text] }) { return value }
        let value = try read(text)
        values.withLock { values in
            if values.count >= Self.limit { values = [:] }
            values[text] = value
        }
        return value
    }
}
