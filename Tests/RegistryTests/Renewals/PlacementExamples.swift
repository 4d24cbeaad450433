import Registry

/// A seeded generator (SplitMix64), so that a random test is the same test each time.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Questions for the placement, and an answer that was not found by the code under test.
enum PlacementExamples {
    static let e3 = "ENTERPRISEPACK"

    static func demands(_ needs: [Int], sku: String = e3) -> [PlacementDemand] {
        needs.enumerated().map { number, need in
            PlacementDemand(tenant: tenant(number), skuPartNumber: sku, users: need)
        }
    }

    static func tenant(_ number: Int) -> String {
        "t\(number < 10 ? "0" : "")\(number)"
    }

    static func tokens(_ seats: [Int], sku: String = e3, from first: Int = 0) -> [PlacementToken] {
        seats.enumerated().map { PlacementToken(index: first + $0, skuPartNumber: sku, seats: $1) }
    }

    struct Score: Comparable {
        var uncovered: Int
        var seatsUsed: Int
        var tokensUsed: Int

        static func < (left: Score, right: Score) -> Bool {
            (left.uncovered, left.seatsUsed, left.tokensUsed) < (right.uncovered, right.seatsUsed, right.tokensUsed)
        }
    }

    /// The best of all ways to put each token on some tenant or on none, by trying every one.
    static func bruteForce(needs: [Int], tokens: [Int]) -> Score {
        var held = [Int](repeating: 0, count: needs.count)
        var best = Score(uncovered: .max, seatsUsed: .max, tokensUsed: .max)
        func place(_ token: Int, used: Int, number: Int) {
            guard token < tokens.count else {
                let uncovered = zip(needs, held).reduce(0) { $0 + max(0, $1.0 - $1.1) }
                best = min(best, Score(uncovered: uncovered, seatsUsed: used, tokensUsed: number))
                return
            }
            place(token + 1, used: used, number: number)
            for tenant in needs.indices {
                held[tenant] += tokens[token]
                place(token + 1, used: used + tokens[token], number: number + 1)
                held[tenant] -= tokens[token]
            }
        }
        place(0, used: 0, number: 0)
        return best
    }

    /// 40 tenants of 20 to `largest` users, and 400 tokens of the sizes in turn.
    static func large(sizes: [Int], largest: Int, seed: UInt64) -> (
        demands: [PlacementDemand], tokens: [PlacementToken]
    ) {
        var generator = SeededGenerator(seed: seed)
        let needs = (0..<40).map { _ in Int.random(in: 20...largest, using: &generator) }
        return (demands(needs), tokens((0..<400).map { sizes[$0 % sizes.count] }))
    }
}
