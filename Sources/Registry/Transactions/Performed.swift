/// What a command answers, and whether it was a dry run: one object.
@dynamicMemberLookup
public struct Performed<Answer: Codable & Sendable>: Codable, Sendable {
    public let answer: Answer
    public let dryRun: Bool

    private enum CodingKeys: CodingKey {
        case dryRun
    }

    public init(_ answer: Answer, isDryRun: Bool) {
        self.answer = answer
        dryRun = isDryRun
    }

    public init(from decoder: any Decoder) throws {
        answer = try Answer(from: decoder)
        dryRun = try decoder.container(keyedBy: CodingKeys.self).decode(Bool.self, forKey: .dryRun)
    }

    public func encode(to encoder: any Encoder) throws {
        try answer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(dryRun, forKey: .dryRun)
    }

    public subscript<Value>(dynamicMember path: KeyPath<Answer, Value>) -> Value { answer[keyPath: path] }
}

extension Performed: Equatable where Answer: Equatable {}
extension Performed: Hashable where Answer: Hashable {}
