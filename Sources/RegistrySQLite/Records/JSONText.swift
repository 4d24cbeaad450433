import FoundationEssentials
import Registry

/// Domain values that are stored as JSON documents.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// - Throws: `Refusal` with `registry.damaged` when the text is no such document.
    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw Refusal(.registryDamaged, "The registry contains an unreadable \(type) document.")
        }
    }
}
