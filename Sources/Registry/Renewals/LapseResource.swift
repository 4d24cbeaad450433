/// What ends when an enrollment is not renewed, and what to do about it.
public struct LapseResource: Hashable, Sendable, Codable {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    /// The first day on which the lapse holds.
    public let lapsedOn: CalendarDate
    /// R10, R32: the last day on which its benefits count, and its seats are licensed.
    public let benefitsEndOn: CalendarDate
    /// R33.
    public let voided: [TokenID]
    public let products: [Product]
    public let seats: [Seats]
    public let actions: [Action]
    /// The ledger's row.
    public let auditSequence: Int64

    /// A product line that the enrollment granted.
    public struct Product: Hashable, Sendable, Codable {
        public let product: ProductLine
        /// What the enrollment granted.
        public let granted: Int
        /// What other enrollments still grant.
        public let remaining: Int
        /// What is in use and counts, cloud and on-premises together.
        public let used: Int
        public let usedOnPremises: Int
        public let endsOn: CalendarDate
    }

    /// Seats of one SKU on one tenant.
    public struct Seats: Hashable, Sendable, Codable {
        @Nullable public var tenantId: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
        public let rightsEndOn: CalendarDate
        /// R47.
        public let serviceEndsOn: CalendarDate
        /// R50: the last day on which users keep access.
        public let accessEndsOn: CalendarDate
        /// R50: the last day before the seats are deleted.
        public let deletedAfter: CalendarDate
        /// Who loses the right to the seat: who took theirs last, beyond the seats that stay licensed.
        public let users: [UserPrincipalName]
    }

    /// Something to do by a day.
    public struct Action: Hashable, Sendable, Codable {
        public let action: Kind
        /// A product line, or a SKU's part number.
        public let subject: String
        public let quantity: Int
        /// The last day on which what there is may be used.
        public let by: CalendarDate
        @Nullable public var tenantDomain: DomainName?
        public let users: [UserPrincipalName]
        public let detail: String
    }

    public enum Kind: String, Choice {
        public static let summary = "What is to be done."

        case uninstall
        case buy
        case move
    }
}

/// What a lapse is judged by, as values.
struct LapseSituation {
    let enrollment: Enrollment
    let benefitsEndOn: CalendarDate
    let grants: [Grant]
    /// What other enrollments grant on the day after the benefits.
    let remaining: [Grant]
    let use: [UseSum]
    /// The users with an on-premises licence of a product line, who got theirs last first.
    let onPremisesUsers: [ProductLine: [UserPrincipalName]]
    let seats: [RenewalSituation.SeatUse]
    /// Licensed seats of a SKU that nobody uses, other than those that lapse.
    let room: [Room]

    struct Room {
        let tenantDomain: DomainName
        let skuPartNumber: SKUPartNumber
        let source: String
        let seats: Int
    }

    /// R10: by product line.
    var products: [LapseResource.Product] {
        grants.map { grant in
            let used = use.filter { $0.isCounted && $0.product == grant.product }
            return LapseResource.Product(
                product: grant.product,
                granted: grant.granted,
                remaining: remaining.filter { $0.product == grant.product }.reduce(0) { $0.clampedSum($1.granted) },
                used: used.reduce(0) { $0 + $1.units },
                usedOnPremises: used.filter { $0.kind == .onPremises }.reduce(0) { $0 + $1.units },
                endsOn: benefitsEndOn
            )
        }
    }

    /// R32, R47, R50: by tenant and SKU.
    var lapsingSeats: [LapseResource.Seats] {
        seats.compactMap { use in
            guard let last = use.closingBlocks.compactMap(\.serviceEndsOn).max() else { return nil }
            let state = SeatBlockState(serviceEndsOn: last)
            return LapseResource.Seats(
                tenantId: use.tenantID,
                tenantDomain: use.tenantDomain,
                skuPartNumber: use.skuPartNumber,
                seats: use.closingBlocks.reduce(0) { $0.clampedSum($1.seats) },
                rightsEndOn: enrollment.year.endsOn,
                serviceEndsOn: last,
                accessEndsOn: state.warningEndsOn,
                deletedAfter: state.suspensionEndsOn,
                users: RenewalCoverage.uncovered(use.holders, among: use.staying).map(\.user).sorted()
            )
        }
    }

    /// R10, R35: what to uninstall, to move and to buy.
    var actions: [LapseResource.Action] {
        products.compactMap(uninstall) + lapsingSeats.flatMap(moveOrBuy)
    }

    private func uninstall(_ product: LapseResource.Product) -> LapseResource.Action? {
        let beyond = min(product.usedOnPremises, max(0, product.used - product.remaining))
        // Licences that are used without being recorded for a user end all the same.
        let isRecorded = product.usedOnPremises > 0
        let isOnPremises = ![ProductLine.intune, .azureCredit].contains(product.product)
        guard isOnPremises, beyond > 0 || (!isRecorded && product.granted > 0 && product.remaining < product.granted)
        else { return nil }
        let quantity = isRecorded ? beyond : product.granted - product.remaining
        let licenses = OnPremisesLicense.names(of: product.product).joined(separator: ", ")
        let what = isRecorded ? "\(quantity) in use" : "all that is installed, up to \(quantity)"
        return LapseResource.Action(
            action: .uninstall,
            subject: product.product.rawValue,
            quantity: quantity,
            by: product.endsOn,
            tenantDomain: nil,
            users: (onPremisesUsers[product.product] ?? []).prefix(beyond).sorted(),
            detail: "The right to \(licenses) ends with \(product.endsOn) (R10): uninstall \(what), or license it "
                + "otherwise."
        )
    }

    private func moveOrBuy(_ seats: LapseResource.Seats) -> [LapseResource.Action] {
        var left = seats.users[...]
        var actions: [LapseResource.Action] = []
        for room in room where room.skuPartNumber == seats.skuPartNumber && !left.isEmpty {
            let moving = left.prefix(room.seats)
            left = left.dropFirst(moving.count)
            actions.append(
                LapseResource.Action(
                    action: .move,
                    subject: seats.skuPartNumber.text,
                    quantity: moving.count,
                    by: benefitsEndOn,
                    tenantDomain: seats.tenantDomain,
                    users: Array(moving),
                    detail: "\(room.tenantDomain) has \(room.seats) free licensed seats of \(seats.skuPartNumber) "
                        + "(\(room.source)): users can be assigned there. Seats themselves never move (R31)."
                )
            )
        }
        if !left.isEmpty {
            actions.append(
                LapseResource.Action(
                    action: .buy,
                    subject: seats.skuPartNumber.text,
                    quantity: left.count,
                    by: benefitsEndOn,
                    tenantDomain: seats.tenantDomain,
                    users: Array(left),
                    detail: "\(left.count) \(left.count == 1 ? "seat" : "seats") of \(seats.skuPartNumber) for "
                        + "\(seats.tenantDomain) through volume licensing (R35), or its users lose theirs."
                )
            )
        }
        return actions
    }
}
