/// Whether the placements of a plan, which people may edit, keep the rules.
struct PlannedPlacements {
    /// Every placement with its tenant's own domain.
    let plan: RenewalPlan
    let situation: RenewalSituation

    /// - Throws: `Refusal`, which names the rule.
    func check(_ reading: any RegistryReading) throws {
        var placed: Set<Int> = []
        for placement in plan.placements {
            guard plan.issue.indices.contains(placement.issue) else {
                throw refusal(.inputInvalid, "a placement names token \(placement.issue), which is not issued")
            }
            guard placed.insert(placement.issue).inserted else {
                throw refusal(
                    .inputInvalid,
                    rule: .r45,
                    "token \(placement.issue) is placed twice, and a token goes to one tenant as a whole"
                )
            }
            guard let domain = placement.tenantDomain else { continue }
            let tenant = try reading.requireTenant(.domain(domain), of: situation.organization.id)
            let sku = plan.issue[placement.issue].skuPartNumber
            try checkScope(of: sku, on: tenant)
            if let detail = try reading.sharingRefusal(
                of: sku,
                traits: situation.program.traits,
                on: tenant,
                blocks: reading.seatBlocks(on: tenant.domain, of: nil),
                day: max(plan.nextYear.startsOn, situation.day)
            ) {
                throw refusal(.tenantIncompatibleSKU, rule: .r39, detail)
            }
        }
    }

    /// R03, R05: a token goes to no tenant whose users are all in other countries than its own, or at locations that
    /// share nothing with its own.
    private func checkScope(of sku: SKUPartNumber, on tenant: Tenant) throws {
        let holders =
            situation.seats.first { $0.tenantDomain == tenant.domain && $0.skuPartNumber == sku }?.holders ?? []
        guard let other = holders.first, !holders.contains(where: { situation.scope.includes($0.place) }) else {
            return
        }
        let isShared = other.place.sharing == situation.scope.sharing
        throw refusal(
            isShared ? .licenseNotAllowed : .locationNotAssociated,
            rule: isShared ? .r05 : .r03,
            "its seats may be used \(situation.scope.reach), and no user of \(sku) on \(tenant.domain) is there"
        )
    }

    private func refusal(_ code: RefusalCode, rule: Rule? = nil, _ what: String) -> Refusal {
        Refusal(
            code,
            rule: rule,
            "The plan for \(plan.enrollmentId) cannot be applied: \(what).",
            facts: ["enrollmentId": plan.enrollmentId, "organizationId": situation.organization.id]
        )
    }
}
