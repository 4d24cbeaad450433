/// One step of a simulation.
struct SimulatedOperation: CustomStringConvertible {
    enum Kind {
        case addOrganization(Int)
        case enroll(Int, organization: Int, start: Int, suites: Int)
        case importToken(enrollment: Int, code: Int)
        case signUp(Int, organization: Int)
        case redeem(Int, tenant: Int)
        case assign(Int, tenant: Int)
        case license(Int, organization: Int)
        case release(Int, organization: Int)
        case end(Int)
        case advance(Int)
    }

    let kind: Kind
    /// By somebody without any grant.
    var isByStranger = false

    var description: String { "\(kind)\(isByStranger ? " by a stranger" : "")" }
}

/// Chooses operations: mostly such as can be done, and often right at a boundary.
struct SimulatedChoice {
    private let random: SeededRandomSource
    private var enrollments = 0
    private var codes = 0

    init(seed: UInt64) { random = SeededRandomSource(seed: seed) }

    func below(_ limit: Int) -> Int { Int(random.next() % UInt64(max(1, limit))) }

    mutating func next(_ model: SimulatedModel) -> SimulatedOperation {
        var operation = SimulatedOperation(kind: kind(model))
        if case .advance = operation.kind { return operation }
        if case .addOrganization = operation.kind { return operation }
        operation.isByStranger = below(25) == 0
        return operation
    }

    private mutating func kind(_ model: SimulatedModel) -> SimulatedOperation.Kind {
        guard !model.organizations.isEmpty else { return .addOrganization(0) }
        let organization = model.organizations.sorted()[below(model.organizations.count)]
        let enrollment = pick(model.enrollments.keys.sorted().suffix(12))
        let tenant = pick(model.tenants.keys.sorted())
        switch below(40) {
        case 0: return .addOrganization(below(4))
        case 1, 2, 3:
            enrollments += 1
            let start = model.day - [0, 100, 340, 363, 364, -1, -20][below(7)]
            // Sometimes an id that is taken.
            let id = below(10) == 0 ? enrollment ?? enrollments : enrollments
            return .enroll(id, organization: organization, start: start, suites: 3 + below(6))
        case 4: return .signUp(below(8), organization: organization)
        case 5, 6:
            codes += 1
            let running = pick(
                model.enrollments.keys.sorted().filter {
                    model.enrollments[$0].map { $0.lastDay >= model.day } ?? false
                }
            )
            return running.map { .importToken(enrollment: $0, code: below(6) == 0 ? below(codes) : codes) }
                ?? .advance(1)
        case 7...13:
            // The latest, and now and then any at all.
            let number = below(4) == 0 ? 1 + below(model.tokens.count) : max(1, model.tokens.count - below(8))
            return tenant.map { .redeem(number, tenant: $0) } ?? .signUp(below(8), organization: organization)
        case 14...21: return tenant.map { .assign(below(60), tenant: $0) } ?? .advance(1)
        case 22...27: return .license(below(60), organization: organization)
        case 28...33:
            let held = pick(model.uses.keys.sorted())
            return held.map { .release($0 / 100, organization: $0 % 100) }
                ?? .release(below(60), organization: organization)
        case 34: return .end(enrollment ?? 0)
        case 35, 36: return .advance(1 + below(40))
        default: return boundary(model)
        }
    }

    /// Up to a day on which something changes.
    private func boundary(_ model: SimulatedModel) -> SimulatedOperation.Kind {
        let days =
            model.enrollments.values.flatMap { held in
                [held.start, held.lastDay, held.lastDay + 1, held.lastDay + 30, held.lastDay + 31]
            } + model.tokens.values.compactMap { $0.redemption?.serviceEnd }.flatMap { [$0, $0 + 1] }
        let next = Set(days).filter { $0 > model.day }.sorted().prefix(3)
        return .advance(min(200, (pick(Array(next)) ?? model.day + 1) - model.day))
    }

    private func pick<Element>(_ elements: some Collection<Element>) -> Element? {
        elements.isEmpty ? nil : Array(elements)[below(elements.count)]
    }
}
