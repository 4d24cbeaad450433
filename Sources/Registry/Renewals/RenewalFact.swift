/// Something that a renewal plan rests on: when it changes, the plan is stale.
public struct RenewalFact: Hashable, Sendable, Codable {
    /// What it is about, such as `token T3`. Unique in a plan.
    public let subject: String
    public let value: String

    public init(_ subject: String, _ value: String) {
        self.subject = subject
        self.value = value
    }

    /// What tells one set of facts from another: 32 hexadecimal digits. It finds changes; it proves nothing.
    public static func fingerprint(of facts: some Sequence<RenewalFact>) -> String {
        // FNV-1a, twice with different beginnings.
        var words: [UInt64] = [0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F]
        func mix(_ byte: UInt8) {
            for index in words.indices { words[index] = (words[index] ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        for fact in facts {
            for text in [fact.subject, fact.value] {
                for byte in text.utf8 { mix(byte) }
                mix(0)
            }
        }
        var bytes: [UInt8] = []
        for word in words { bytes.append(bigEndian: word) }
        return bytes.hexadecimal
    }

    /// Where the new tokens of other renewals are expected, or are.
    static func placements(_ companions: [RenewalPlan.Companion]) -> [RenewalFact] {
        companions.map { companion in
            let places = companion.placements.map { "\($0.seats) \($0.skuPartNumber) on \($0.tenantDomain)" }.sorted()
            return RenewalFact(
                "tokens of the renewal of \(companion.enrollmentId)",
                places.isEmpty ? "none placed" : places.joined(separator: ", ")
            )
        }
    }

    /// What is different now, a sentence for each fact; empty when nothing is.
    public static func changes(from planned: [RenewalFact], to now: [RenewalFact]) -> [String] {
        let before = Dictionary(planned.map { ($0.subject, $0.value) }) { first, _ in first }
        let after = Dictionary(now.map { ($0.subject, $0.value) }) { first, _ in first }
        return Set(before.keys).union(after.keys).sorted().compactMap { subject in
            switch (before[subject], after[subject]) {
            case (let old?, let new?): old == new ? nil : "\(subject) was: \(old); is now: \(new)"
            case (nil, let new?): "\(subject) is new: \(new)"
            case (let old?, nil): "\(subject) is gone; it was: \(old)"
            case (nil, nil): nil
            }
        }
    }
}
