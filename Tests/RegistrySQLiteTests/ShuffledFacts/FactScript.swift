/// The facts of one organisation over a year, in the order of their days, each of which is allowed when it happens.
struct FactScript {
    /// So many days; no programme year ends within them.
    static let length = 330

    private(set) var facts: [Fact] = []
    private var random: SeededRandomSource
    private var users = 0
    private var enrollments = 0

    init(seed: UInt64, count: Int) {
        random = SeededRandomSource(seed: seed)
        var day = 0
        while facts.count < count {
            day = min(Self.length, day + below(12))
            if let fact = proposal(on: day) {
                let known = facts + [fact]
                // Nobody takes what another gave back: such a use cannot be entered before it was given back.
                let withoutReleases = known.filter { if case .release = $0.kind { false } else { true } }
                if FactModel(withoutReleases).isAllowed(on: [day, Self.length]) { facts = known }
            }
        }
    }

    mutating func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    /// The facts in another order.
    mutating func shuffled() -> [Fact] {
        var mixed = facts
        for index in mixed.indices.reversed() where index > 0 { mixed.swapAt(index, below(index + 1)) }
        return mixed
    }

    private mutating func proposal(on day: Int) -> Fact? {
        let model = FactModel(facts)
        let location = FactLocation.all[below(FactLocation.all.count)]
        switch below(10) {
        case 0, 1:
            guard enrollments < 9 else { return nil }
            enrollments += 1
            let program = FactProgram.all[below(FactProgram.all.count)]
            // Ids in no order, so that enrollments of one day are served by them.
            let id = "\(["m", "c", "x"][below(3)])\(enrollments)"
            return Fact(kind: .enroll(id, program: program, location: location), day: day)
        case 2:
            let today = facts.filter { $0.day == day }.compactMap {
                if case .redeem(let id) = $0.kind { id } else { nil }
            }
            // What ended on a day cannot be redeemed on it any more.
            let ids = ids(in: model, on: day).filter { !today.contains($0) }
            guard !ids.isEmpty else { return nil }
            return Fact(kind: .end(ids[below(ids.count)]), day: day)
        case 3:
            return model.isSignedUp ? nil : Fact(kind: .signUp, day: day)
        case 4:
            let redeemed = facts.compactMap { if case .redeem(let id) = $0.kind { id } else { nil } }
            let ids = ids(in: model, on: day).filter { !redeemed.contains($0) }
            guard model.isSignedUp, !ids.isEmpty else { return nil }
            return Fact(kind: .redeem(ids[below(ids.count)]), day: day)
        case 5, 6, 7, 8:
            users += 1
            let isCloud = below(2) == 0
            return Fact(
                kind: .assign(users, location: location, isCloud: isCloud, isCounted: below(4) > 0),
                day: day
            )
        default:
            let released = facts.compactMap { if case .release(let user, _) = $0.kind { user } else { nil } }
            let open = facts.compactMap { fact -> (Int, Bool)? in
                guard case .assign(let user, _, let isCloud, _) = fact.kind, !released.contains(user), fact.day < day
                else { return nil }
                return (user, isCloud)
            }
            guard !open.isEmpty else { return nil }
            let (user, isCloud) = open[below(open.count)]
            return Fact(kind: .release(user, isCloud: isCloud), day: day)
        }
    }

    /// The enrollments in force that began before `day`.
    private func ids(in model: FactModel, on day: Int) -> [String] {
        facts.compactMap { fact in
            guard case .enroll(let id, _, _) = fact.kind, fact.day < day, model.isInForce(id, on: day) else {
                return nil
            }
            return id
        }
    }
}
