/// An organisation's records on a day, as sentences.
struct RuleState {
    let organization: Organization
    let day: CalendarDate
    let reading: any RegistryReading

    func sentences(on topic: RuleTopic) throws -> [String] {
        switch topic {
        case .enrollments: try enrollments()
        case .entitlement: try entitlement()
        case .tokens: try tokens()
        case .seats: try seats()
        case .tenants: try tenants()
        case .keys: try keys()
        case .installations: try installations()
        }
    }

    private func inForce() throws -> [Enrollment] {
        try reading.enrollments(of: organization.id).filter { $0.isInForce(on: day, portal: organization.portals) }
    }

    private func enrollments() throws -> [String] {
        let enrollments = try inForce()
        if enrollments.isEmpty { return ["\(organization.id) holds no enrollment on \(day)."] }
        return enrollments.map { enrollment in
            "\(enrollment.id), \(enrollment.programKind.rawValue): its year ends with \(enrollment.year.endsOn), in "
                + "\(enrollment.year.endsOn.days(since: day)) days."
        }
    }

    private func entitlement() throws -> [String] {
        var granted: [ProductLine: Int] = [:]
        var clipped: [ProductLine: Int] = [:]
        for held in try GrantHistory(of: organization, since: day, reading: reading).grants(on: day)
        where held.sharing == .organization {
            granted[held.grant.product, default: 0] += held.grant.granted
            clipped[held.grant.product, default: 0] += held.grant.clipped
        }
        return granted.sorted { $0.key < $1.key }.map { product, quantity in
            let lost = clipped[product, default: 0]
            return "\(product): \(quantity) granted\(lost > 0 ? ", and \(lost) that did not fit the maxima" : "")."
        }
    }

    private func tokens() throws -> [String] {
        let filter = TokenFilter(organizationID: organization.id, status: .unredeemed, asOf: day)
        var count = 0
        var seats = 0
        var soonest: (day: CalendarDate, count: Int)?
        var cursor: TokenID?
        repeat {
            let page = try reading.tokens(filter, after: cursor, limit: 1_000)
            cursor = page.count == 1_000 ? page.last?.id : nil
            for token in page {
                count += 1
                seats += token.seats
                if let known = soonest, token.redeemableThrough >= known.day {
                    if token.redeemableThrough == known.day { soonest = (known.day, known.count + 1) }
                } else {
                    soonest = (token.redeemableThrough, 1)
                }
            }
        } while cursor != nil
        guard let soonest else { return ["No token of \(organization.id) is left to redeem."] }
        return [
            "\(count) token\(count == 1 ? "" : "s") with \(seats) seats \(count == 1 ? "is" : "are") unredeemed; "
                + "\(soonest.count) of them can be redeemed through \(soonest.day) at the latest."
        ]
    }

    private func seats() throws -> [String] {
        try reading.tenants(of: organization.id).flatMap { tenant in
            try reading.seatHoldings(on: tenant, organization: organization, day: day).map { holding in
                let units = holding.summary.prepaidUnits
                let ends = holding.blocks.filter { $0.status == .enabled }.compactMap(\.block.serviceEndsOn).min()
                return
                    "\(tenant.domain), \(holding.pool.skuPartNumber) (\(holding.pool.source)): \(units.enabled) seats "
                    + "enabled, \(holding.consumedUnits) used, \(holding.summary.availableUnits) left, "
                    + "\(holding.summary.unlicensedUnits) unlicensed"
                    + "\(ends.map { "; the first service end is \($0)" } ?? "")."
            }
        }
    }

    private func tenants() throws -> [String] {
        try reading.tenants(of: organization.id).map { tenant in
            "\(tenant.domain) was first signed up by \(tenant.administrator), and has "
                + "\(tenant.domains.map(\.description).joined(separator: ", "))."
        }
    }

    private func keys() throws -> [String] {
        try reading.productKeys(of: organization.id, after: nil, limit: 100).map { key in
            let key = try reading.resource(of: key, on: day)
            guard let left = key.activationsLeft else { return "\(key.id), \(key.product): no count is kept." }
            return "\(key.id), \(key.product): \(left) of \(key.activations ?? left) activations left"
                + "\(key.runsOutOn.map { ", at the present rate until \($0)" } ?? "")."
        }
    }

    private func installations() throws -> [String] {
        let installations = ListInstallations(organization: organization.id)
        return try installations.installations(reading: reading, on: day).compactMap { installation in
            guard let upgradeBy = installation.upgradeBy, let latest = installation.upgradeTo else { return nil }
            return "\(installation.machine), \(installation.product): to be upgraded to \(latest) by \(upgradeBy)."
        }
    }
}
