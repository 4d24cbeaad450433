import FoundationEssentials

/// The value in a JSON file that is a part of the program. A test holds each such file to its form.
func embedded<Value: Decodable>(_ bytes: [UInt8], as type: Value.Type = Value.self) -> Value {
    do {
        return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
        preconditionFailure("The embedded \(type) cannot be read: \(error)")
    }
}
