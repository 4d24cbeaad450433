import Testing

@testable import Registry

/// Says whether uses fit, by trying every way to cover each use by a local or a shared licence.
private struct Model {
    let maximum: ProductMaximum
    let shared: Int
    let local: [Int]

    func keepsCountryMaximum(_ used: [Int]) -> Bool { used.allSatisfy { $0 <= maximum.country } }

    func keepsWorldwideMaximum(_ used: [Int]) -> Bool { used.reduce(0, +) <= maximum.worldwide }

    func isCovered(_ used: [Int]) -> Bool { covers(used[...], sharedLeft: shared) }

    func allows(_ used: [Int]) -> Bool {
        keepsCountryMaximum(used) && keepsWorldwideMaximum(used) && isCovered(used)
    }

    private func covers(_ used: ArraySlice<Int>, sharedLeft: Int) -> Bool {
        guard let here = used.first else { return true }
        let index = used.startIndex
        for fromShared in 0...here where fromShared <= sharedLeft && here - fromShared <= local[index] {
            if covers(used.dropFirst(), sharedLeft: sharedLeft - fromShared) { return true }
        }
        return false
    }

    /// The most that can be added in the countries from `index` on.
    func mostAdded(to used: [Int], from index: Int = 0) -> Int {
        guard index < used.count else { return 0 }
        var best = 0
        var used = used
        var added = 0
        while allows(used) {
            best = max(best, added + mostAdded(to: used, from: index + 1))
            used[index] += 1
            added += 1
        }
        return best
    }
}

@Suite("Entitlement against an independent model")
struct EntitlementModelTests {
    private static let codes = ["AT", "BE", "CH", "DE", "ES", "FR"].map { CountryCode(stored: $0) }

    private struct Organization {
        let model: Model
        var used: [Int]

        init(using random: inout SplitMix, atMost countries: Int = 6) {
            let count = Int.random(in: 1...countries, using: &random)
            let country = Int.random(in: 0...6, using: &random)
            model = Model(
                maximum: ProductMaximum(country: country, worldwide: Int.random(in: 0...14, using: &random)),
                shared: Int.random(in: 0...8, using: &random),
                local: (0..<count).map { _ in Bool.random(using: &random) ? Int.random(in: 0...3, using: &random) : 0 }
            )
            used = Array(repeating: 0, count: count)
            for _ in 0..<Int.random(in: 0...14, using: &random) {
                var more = used
                more[Int.random(in: 0..<count, using: &random)] += 1
                if model.allows(more) { used = more }
            }
        }

        var pool: EntitlementPool {
            let codes = EntitlementModelTests.codes
            return EntitlementPool(
                product: .officeSuite,
                maximum: model.maximum,
                shared: model.shared,
                local: Dictionary(uniqueKeysWithValues: model.local.enumerated().map { (codes[$0], $1) }),
                used: Dictionary(uniqueKeysWithValues: used.enumerated().map { (codes[$0], $1) })
            )
        }

        /// The limit that the model sees passed first; nil where all is allowed.
        func firstLimit(_ used: [Int]) -> RefusalCode? {
            let holdsNothing = model.shared == 0 && model.local.allSatisfy { $0 == 0 }
            if !holdsNothing, !model.keepsCountryMaximum(used) { return .entitlementCountryMaximum }
            if !holdsNothing, !model.keepsWorldwideMaximum(used) { return .entitlementWorldwideMaximum }
            return model.isCovered(used) ? nil : .entitlementExceeded
        }
    }

    @Test("R02, R05, R41: an addition is allowed exactly when the uses can be covered", arguments: 1...20)
    func additions(seed: UInt64) {
        var random = SplitMix(state: seed)
        var outcomes: [RefusalCode?: Int] = [:]
        for _ in 0..<200 {
            let organization = Organization(using: &random)
            let index = Int.random(in: organization.used.indices, using: &random)
            let quantity = Int.random(in: 1...4, using: &random)
            var after = organization.used
            after[index] += quantity
            let expected = organization.firstLimit(after)
            outcomes[expected, default: 0] += 1
            switch organization.pool.decision(adding: quantity, in: Self.codes[index]) {
            case .success(let pool):
                #expect(expected == nil, "\(organization)")
                var later = organization
                later.used = after
                #expect(pool == later.pool, "the sums kept are the sums counted: \(organization)")
            case .failure(let shortfall):
                #expect(shortfall.limit.code == expected, "\(organization)")
                #expect(shortfall.available < quantity)
            }
        }
        #expect(outcomes.keys.count == 4, "the seed reaches every outcome: \(outcomes)")
    }

    @Test("R18: a batch is allowed exactly when its end can be covered", arguments: 21...40)
    func batches(seed: UInt64) {
        var random = SplitMix(state: seed)
        var allowed = 0
        for _ in 0..<200 {
            let organization = Organization(using: &random)
            let deltas = organization.used.map { Int.random(in: -min($0, 2)...2, using: &random) }
            let after = zip(organization.used, deltas).map { $0 + $1 }
            let expected = organization.firstLimit(after)
            let changes = Dictionary(uniqueKeysWithValues: deltas.enumerated().map { (Self.codes[$0], $1) })
            switch organization.pool.decision(changes: changes) {
            case .success(let pool):
                allowed += 1
                #expect(expected == nil, "\(organization) \(deltas)")
                var later = organization
                later.used = after
                #expect(pool == later.pool)
            case .failure(let shortfall):
                #expect(shortfall.limit.code == expected, "\(organization) \(deltas)")
                #expect(shortfall.requested > 0)
                #expect(shortfall.available < shortfall.requested, "\(organization) \(deltas)")
            }
        }
        #expect((1..<200).contains(allowed), "the seed reaches both outcomes")
    }

    @Test(
        "R05: the licences of other countries are the reason exactly when free use of them would do",
        arguments: 41...50
    )
    func boundElsewhere(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<200 {
            let organization = Organization(using: &random)
            let index = Int.random(in: organization.used.indices, using: &random)
            guard case .failure(let shortfall) = organization.pool.decision(adding: 1, in: Self.codes[index]),
                shortfall.limit.code == .entitlementExceeded
            else { continue }
            var after = organization.used
            after[index] += 1
            let everywhere = Model(
                maximum: organization.model.maximum,
                shared: organization.model.shared + organization.model.local.reduce(0, +),
                local: organization.model.local.map { _ in 0 }
            )
            #expect((shortfall.limit == .boundElsewhere) == everywhere.isCovered(after), "\(organization)")
        }
    }

    @Test("R02, R41: what is available is what can be added and no more, in one country and in all", arguments: 51...60)
    func available(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<60 {
            let organization = Organization(using: &random, atMost: 3)
            let pool = organization.pool
            for index in organization.used.indices {
                let available = pool.available(in: Self.codes[index])
                var used = organization.used
                used[index] += available
                #expect(organization.model.allows(used), "\(organization)")
                used[index] += 1
                #expect(!organization.model.allows(used), "\(organization)")
            }
            #expect(pool.available == organization.model.mostAdded(to: organization.used), "\(organization)")
        }
    }
}
