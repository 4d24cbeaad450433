import Testing

@testable import Registry

/// Organisations of several enrollments, countries and tenants that are due together, against every placement there is.
@Suite("Renewals that are due together, against every placement")
struct RenewalsTogetherRandomTests {
    private let e3 = SKUPartNumber(stored: "ENTERPRISEPACK")

    /// An enrollment that is due: its programme, what it may be used for, and where it had seats.
    private struct Due {
        let enrollment: Enrollment
        let program: Program
        let scope: SeatScope
        let tokens: [RenewalPlan.Issue]
        let carried: Set<DomainName>
    }

    /// Seats of a scope that a renewal puts on a tenant.
    private struct Placed {
        let tenant: DomainName
        let scope: SeatScope
        let seats: Int
    }

    private struct Organisation {
        let countries: [CountryCode]
        /// By tenant and country.
        let users: [[Int]]
        let staying: [[SeatScope: Int]]
        let due: [Due]

        func tenant(_ number: Int) -> DomainName { DomainName(stored: "t\(number).example") }
    }

    @Test(
        "R05, R45: 2,000 organisations: each plan is proven, no placement leaves fewer users, and plans made one after the other leave no more",
        arguments: 0..<8
    )
    func bruteForce(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for number in 0..<250 {
            let organisation = try organisation(using: &generator)
            let least = least(in: organisation)
            let context: Comment = "\(seed) \(number)"

            // Each plan tells where the tokens of all are expected, and all tell the same.
            var told: [[Placed]] = []
            for index in organisation.due.indices {
                let plan = try plan(index, of: organisation, renewed: [:])
                #expect(plan.proven, context)
                let expected = placed(plan, index, of: organisation, renewed: [:])
                #expect(uncovered(expected.values.flatMap { $0 }, in: organisation) == least, context)
                told.append(organisation.due.indices.flatMap { expected[$0] ?? [] })
            }
            #expect(Set(told.map { $0.map { "\($0)" } }).count == 1, context)

            // Renewed one after the other, in any order.
            var renewed: [Int: [Placed]] = [:]
            for index in organisation.due.indices.shuffled(using: &generator) {
                let plan = try plan(index, of: organisation, renewed: renewed)
                renewed[index] = placed(plan, index, of: organisation, renewed: renewed)[index]
                // A plan for an Action Pack tells only of its country's users.
                guard organisation.due[index].scope.country == nil else { continue }
                let all = placed(plan, index, of: organisation, renewed: renewed).values.flatMap { $0 }
                #expect(
                    plan.uncovered.reduce(0) { $0 + $1.users.count } == uncovered(all, in: organisation),
                    context
                )
            }
            #expect(uncovered(renewed.values.flatMap { $0 }, in: organisation) == least, context)
        }
    }

    // MARK: An organisation

    private func organisation(using generator: inout SeededGenerator) throws -> Organisation {
        let countries = try ["AT", "DE", "FR"].prefix(Int.random(in: 1...3, using: &generator)).map {
            try CountryCode($0)
        }
        let tenants = Int.random(in: 1...3, using: &generator)
        let users = (0..<tenants).map { _ in
            countries.map { _ in Bool.random(using: &generator) ? 0 : Int.random(in: 1...9, using: &generator) }
        }
        func scope() -> SeatScope {
            SeatScope(
                sharing: .organization,
                country: Bool.random(using: &generator) ? nil : countries.randomElement(using: &generator)
            )
        }
        let staying = (0..<tenants).map { _ in
            Int.random(in: 0..<3, using: &generator) > 0 ? [:] : [scope(): Int.random(in: 1...6, using: &generator)]
        }
        var tokens = 5
        let due = try (0..<Int.random(in: 1...3, using: &generator)).compactMap { number -> Due? in
            let scope = scope()
            let seats = [3, 5, 8].randomElement(using: &generator) ?? 3
            let count = Int.random(in: 0...2, using: &generator)
            tokens -= count
            guard tokens >= 0 else { return nil }
            let program = Program(
                id: ProgramID(stored: "p\(number)"),
                name: "P",
                kind: scope.country == nil ? .silverCompetency : .actionPack,
                benefits: [
                    Benefit(
                        product: .officeSuite,
                        quantity: seats * count,
                        countryMaximum: 1000,
                        worldwideMaximum: 1000,
                        tokens: TokenDenomination(skuPartNumber: e3, seats: seats)
                    )
                ]
            )
            let name = ["a", "m", "z"].shuffled(using: &generator)[0]
            return Due(
                enrollment: Enrollment(
                    id: EnrollmentID(stored: "\(name)\(number)"),
                    organizationID: OrganizationID(stored: "contoso"),
                    locationID: Location.headquartersID,
                    country: scope.country ?? countries[0],
                    programID: program.id,
                    programKind: program.kind,
                    competency: nil,
                    year: ProgramYear(startsOn: try #require(CalendarDate("2026-01-01"))),
                    recordedAt: Instant(microsecondsSinceEpoch: 0)
                ),
                program: program,
                scope: scope,
                tokens: Array(repeating: .init(skuPartNumber: e3, seats: seats), count: count),
                carried: Set(
                    (0..<tenants).filter { _ in Bool.random(using: &generator) }.map {
                        DomainName(stored: "t\($0).example")
                    }
                )
            )
        }
        return Organisation(countries: countries, users: users, staying: staying, due: due)
    }

    /// - Parameter renewed: where the tokens of those are that were renewed before.
    private func plan(_ index: Int, of organisation: Organisation, renewed: [Int: [Placed]]) throws -> RenewalPlan {
        let mine = organisation.due[index]
        let others = organisation.due.indices.filter { $0 != index }
        let seats = try organisation.users.indices.map { tenant in
            let here = others.flatMap { renewed[$0] ?? [] }.filter { $0.tenant == organisation.tenant(tenant) }
            return RenewalSituation.SeatUse(
                tenantID: nil,
                tenantDomain: organisation.tenant(tenant),
                skuPartNumber: e3,
                holders: try zip(organisation.countries, organisation.users[tenant]).flatMap { country, users in
                    try (0..<users).map { number in
                        RenewalSituation.Holder(
                            user: try UserPrincipalName("u\(number)-\(country)@t\(tenant).example"),
                            place: SeatScope(sharing: .organization, country: country)
                        )
                    }
                },
                closingBlocks: [],
                staying: organisation.staying[tenant],
                renewed: Dictionary(here.map { ($0.scope, $0.seats) }, uniquingKeysWith: +)
            )
        }
        let situation = RenewalSituation(
            organization: Organization(
                id: OrganizationID(stored: "contoso"),
                name: "Contoso",
                country: organisation.countries[0]
            ),
            enrollment: mine.enrollment,
            program: mine.program,
            closingGrants: [],
            otherGrants: [],
            nextGrants: mine.program.grantedBenefits.map { benefit in
                benefit.granted(
                    in: mine.enrollment.country,
                    isLocal: mine.program.traits.isLocal,
                    after: GrantedSoFar([], of: benefit.product, in: mine.enrollment.country)
                )
            },
            tokens: [],
            seats: seats,
            scope: mine.scope,
            together: others.map { other in
                let due = organisation.due[other]
                return RenewalSituation.Companion(
                    enrollment: due.enrollment,
                    scope: due.scope,
                    programID: due.program.id,
                    tokens: due.tokens,
                    placements: renewed[other].map { placed in
                        placed.map {
                            .init(
                                skuPartNumber: e3,
                                seats: $0.seats,
                                tenantId: nil,
                                tenantDomain: $0.tenant
                            )
                        }
                    }
                )
            },
            carried: Dictionary(uniqueKeysWithValues: organisation.due.map { ($0.enrollment.id, $0.carried) }),
            day: try #require(CalendarDate("2027-01-10")),
            paidOn: nil,
            issued: nil
        )
        return try RenewalPlanning.plan(situation, isDayStated: false).get()
    }

    /// Where a plan puts its own tokens, and expects those of the others.
    private func placed(
        _ plan: RenewalPlan,
        _ index: Int,
        of organisation: Organisation,
        renewed: [Int: [Placed]]
    ) -> [Int: [Placed]] {
        var placed = renewed
        placed[index] = plan.placements.compactMap { placement in
            placement.tenantDomain.map {
                Placed(tenant: $0, scope: organisation.due[index].scope, seats: plan.issue[placement.issue].seats)
            }
        }
        for other in organisation.due.indices where other != index && renewed[other] == nil {
            let companion = plan.together.first { $0.enrollmentId == organisation.due[other].enrollment.id }
            placed[other] = (companion?.placements ?? []).map {
                Placed(tenant: $0.tenantDomain, scope: organisation.due[other].scope, seats: $0.seats)
            }
        }
        return placed
    }

    // MARK: The model

    /// The fewest uncovered users of all ways to put each token on a tenant or on none.
    private func least(in organisation: Organisation) -> Int {
        let tokens = organisation.due.flatMap { due in due.tokens.map { (due.scope, $0.seats) } }
        var placed: [Placed] = []
        var least = Int.max
        func place(_ token: Int) {
            guard token < tokens.count else {
                least = min(least, uncovered(placed, in: organisation))
                return
            }
            place(token + 1)
            for tenant in organisation.users.indices {
                placed.append(
                    Placed(tenant: organisation.tenant(tenant), scope: tokens[token].0, seats: tokens[token].1)
                )
                place(token + 1)
                placed.removeLast()
            }
        }
        place(0)
        return least
    }

    /// The users who find no seat: those beyond their country's own seats, less the seats for all countries.
    private func uncovered(_ placed: [Placed], in organisation: Organisation) -> Int {
        organisation.users.indices.reduce(0) { sum, tenant in
            let placed = placed.filter { $0.tenant == organisation.tenant(tenant) }
            func seats(_ country: CountryCode?) -> Int {
                let scope = SeatScope(sharing: .organization, country: country)
                return placed.filter { $0.scope == scope }.reduce(organisation.staying[tenant][scope] ?? 0) {
                    $0 + $1.seats
                }
            }
            let beyond = zip(organisation.countries, organisation.users[tenant]).map { max(0, $1 - seats($0)) }
            return sum + max(0, beyond.reduce(0, +) - seats(nil))
        }
    }
}
