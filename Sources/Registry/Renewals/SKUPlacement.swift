/// The placement of one SKU: from demands and tokens to numbers, and back.
struct SKUPlacement: Sendable {
    let placements: [Placement.Assignment]
    let uncovered: [Placement.Uncovered]
    let unusedSeats: Int
    let proof: PlacementProof

    init(sku: String, demands: [PlacementDemand], tokens: [PlacementToken], workLimit: Int) {
        let tenants = Self.tenants(of: demands)
        let accepting = tenants.filter { $0.refusal == nil }
        let usable = tokens.filter { $0.seats > 0 }
        let problem = PlacementProblem(
            needs: accepting.map(\.need),
            tokens: Dictionary(usable.map { ($0.seats, 1) }, uniquingKeysWith: +)
        )
        let optimizer = PlacementOptimizer(problem, workLimit: workLimit)
        let taken = Self.inOrder(optimizer.allocation, problem: problem)
        let seats = usable.reduce(0) { $0 + $1.seats }

        placements = Self.deal(usable, to: accepting, taken: taken, problem: problem, sku: sku)
        let score = optimizer.score
        let bounds = optimizer.lowerBounds
        proof = PlacementProof(
            skuPartNumber: sku,
            users: problem.users,
            refusedUsers: tenants.reduce(0) { $0 + ($1.refusal == nil ? 0 : $1.need) },
            tokens: usable.count,
            seats: seats,
            seatUnit: problem.unit,
            uncovered: .init(value: score.uncovered, lowerBound: bounds[0]),
            seatsUsed: .init(value: score.seatsUsed, lowerBound: bounds[1]),
            tokensUsed: .init(value: score.tokensUsed, lowerBound: bounds[2]),
            basis: optimizer.basis
        )
        unusedSeats = score.seatsUsed - (problem.users - score.uncovered)

        let shortage: Placement.Reason =
            if case .open = optimizer.basis {
                .workLimit
            } else {
                score.uncovered == max(0, problem.users - seats) ? .seatsShort : .wholeTokens
            }
        var open = tenants.filter { $0.refusal != nil }.map { tenant in
            Placement.Uncovered(
                tenant: tenant.key,
                skuPartNumber: sku,
                users: tenant.need,
                reason: .tenantRefuses(tenant.refusal ?? "")
            )
        }
        for (tenant, numbers) in zip(accepting, taken) {
            let held = problem.seats(in: numbers)
            guard held < tenant.need else { continue }
            open.append(
                Placement.Uncovered(
                    tenant: tenant.key,
                    skuPartNumber: sku,
                    users: tenant.need - held,
                    reason: shortage
                )
            )
        }
        uncovered = open.sorted { $0.tenant < $1.tenant }
    }

    private struct Tenant {
        let key: String
        let need: Int
        let refusal: String?
    }

    /// With a need, the largest first.
    private static func tenants(of demands: [PlacementDemand]) -> [Tenant] {
        var tenants: [Tenant] = []
        for (key, demands) in Dictionary(grouping: demands, by: \.tenant) {
            let need = demands.reduce(0) { $0 + $1.need }
            guard need > 0 else { continue }
            tenants.append(Tenant(key: key, need: need, refusal: demands.compactMap(\.refusal).min()))
        }
        return tenants.sorted { $0.need == $1.need ? $0.key < $1.key : $0.need > $1.need }
    }

    /// Among tenants of equal need, the first has the most seats, and among equal seats the larger tokens.
    private static func inOrder(_ allocation: PlacementAllocation, problem: PlacementProblem) -> [[Int]] {
        let keyed = allocation.taken.indices.map { tenant in
            let numbers = allocation.taken[tenant]
            return (need: problem.needs[tenant], order: [problem.seats(in: numbers)] + numbers, tenant: tenant)
        }
        return keyed.sorted { left, right in
            if left.need != right.need { return left.need > right.need }
            if left.order != right.order { return right.order.lexicographicallyPrecedes(left.order) }
            return left.tenant < right.tenant
        }
        .map { allocation.taken[$0.tenant] }
    }

    /// Gives each tenant its tokens: the tenants by name, the tokens of a size by index.
    private static func deal(
        _ tokens: [PlacementToken],
        to tenants: [Tenant],
        taken: [[Int]],
        problem: PlacementProblem,
        sku: String
    ) -> [Placement.Assignment] {
        let stacks = Dictionary(grouping: tokens, by: \.seats).mapValues { $0.map(\.index).sorted() }
        var given = [Int](repeating: 0, count: problem.sizes.count)
        var placements: [Placement.Assignment] = []
        for (tenant, numbers) in zip(tenants, taken).sorted(by: { $0.0.key < $1.0.key }) {
            var mine: [Placement.Assignment] = []
            for (size, number) in numbers.enumerated() {
                let stack = stacks[problem.sizes[size], default: []][given[size]...].prefix(number)
                given[size] += number
                mine += stack.map { token in
                    Placement.Assignment(
                        token: token,
                        tenant: tenant.key,
                        skuPartNumber: sku,
                        seats: problem.sizes[size]
                    )
                }
            }
            placements += mine.sorted { $0.token < $1.token }
        }
        return placements
    }
}
