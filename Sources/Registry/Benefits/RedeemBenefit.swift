/// R54: redeems a benefit without a code, by an order at no cost on a tenant. Its seats stay there for ever (R31).
public struct RedeemBenefit: RegistryCommand {
    public static let action = "benefit.redeem"
    public static let summary = "Record that a benefit is redeemed without a code; nothing happens at Microsoft"

    /// The product line that an enrollment grants.
    let benefit: ProductLine
    let tenant: TenantReference
    /// Nil where only one enrollment of the organisation grants it.
    var enrollment: EnrollmentID?
    /// Which of the benefit's SKUs; nil for its first.
    var sku: SKUPartNumber?
    /// When it happened; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { tenant.description }

    /// Every refused redemption that a rule refused is recorded.
    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> BenefitRedemptionResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(tenant.organizationID)
        let day = try context.day(stated: on, in: organization)
        let history = try GrantHistory(of: organization, product: benefit, reading: transaction)
        let held = try findGrant(in: history, of: organization, on: day, reading: transaction)
        let enrollment = held.enrollment
        guard let stated = history.benefits(of: enrollment.id).first, let sku = sku ?? stated.skus.first else {
            throw Refusal(
                .benefitNotGranted,
                rule: .r54,
                "\(benefit) of \(enrollment.id) is no cloud service with seats: there is nothing to order on a tenant.",
                facts: ["enrollmentId": enrollment.id, "benefit": benefit]
            )
        }
        guard stated.skus.contains(sku) else {
            throw Refusal(
                .benefitNotGranted,
                rule: .r54,
                "\(benefit) of \(enrollment.id) is not used as \(sku), but as "
                    + "\(stated.skus.map(\.text).joined(separator: " or ")).",
                facts: ["enrollmentId": enrollment.id, "benefit": benefit, "skuPartNumber": sku]
            )
        }
        try BenefitDecision(
            held: held,
            tenant: tenant,
            organization: organization,
            billingAccounts: transaction.billingAccounts(of: organization.id),
            redemptions: transaction.benefitRedemptions(of: organization.id),
            activateBy: stated.terms.activateBy(in: enrollment.year),
            day: day
        ).check()
        let known = try transaction.requireSKU(sku)
        try transaction.checkSharing(
            adding: known,
            isProgram: true,
            traits: enrollment.traits,
            label: "\(benefit) of \(enrollment.id)",
            on: tenant,
            day: day
        )
        return try order(held.grant.granted, of: known, for: enrollment, on: tenant, day: day, in: context)
    }

    /// R31, R45, R54: all of it on this tenant, to the end of the offer.
    private func order(
        _ seats: Int,
        of sku: SKU,
        for enrollment: Enrollment,
        on tenant: Tenant,
        day: CalendarDate,
        in context: CommandContext
    ) throws -> BenefitRedemptionResource {
        let serviceEndsOn = enrollment.traits.benefitServiceEnd(redeemedOn: day, in: enrollment.year)
        let block = try context.transaction.insert(
            SeatBlockDraft(
                tenantDomain: tenant.domain,
                skuPartNumber: sku.partNumber,
                seats: seats,
                source: .enrollment(enrollment.id),
                startsOn: day,
                rightsEndOn: enrollment.year.endsOn,
                serviceEndsOn: serviceEndsOn,
                recordedAt: context.now
            )
        )
        try context.transaction.insert(
            BenefitRedemption(
                enrollmentID: enrollment.id,
                product: benefit,
                tenantDomain: tenant.domain,
                seatBlockID: block,
                redeemedOn: day
            ),
            recordedAt: context.now
        )
        let answer = BenefitRedemptionResource(
            enrollmentId: enrollment.id,
            organizationId: enrollment.organizationID,
            benefit: benefit,
            tenantId: tenant.id,
            tenantDomain: tenant.domain,
            skuPartNumber: sku.partNumber,
            seats: seats,
            seatBlockId: block,
            redeemedOn: day,
            rightsEndOn: enrollment.year.endsOn,
            serviceEndsOn: serviceEndsOn
        )
        return try context.record(Self.action, answer, subject: enrollment.id)
    }

    /// The grant that the benefit is ordered of.
    private func findGrant(
        in history: GrantHistory,
        of organization: Organization,
        on day: CalendarDate,
        reading: any RegistryReading
    ) throws -> HeldGrant {
        if let enrollment { _ = try reading.requireEnrollment(enrollment, of: organization.id) }
        // A day outside of the enrollment's time is refused for that, and not as though there were no benefit.
        let stated = try enrollment.map { try reading.requireEnrollment($0, of: organization.id) }
        let last = stated.map { $0.benefitsEndOn(portal: organization.portals) }
        let asked = stated.map { max($0.benefitsStartOn, min(day, last ?? day)) } ?? day
        let granted = history.grants(on: asked).filter {
            $0.grant.granted > 0 && (enrollment == nil || $0.enrollment.id == enrollment)
        }
        let ordered = granted.filter { $0.enrollment.traits.redemption == .purchase }
        if ordered.count == 1, let only = ordered.first { return only }
        if ordered.count > 1 {
            let ids = ordered.map(\.enrollment.id.value)
            throw Refusal(
                .inputInvalid,
                "Several enrollments of \(organization.id) grant \(benefit): name one of \(ids.joined(separator: ", ")).",
                facts: ["field": "enrollment", "enrollments": ids]
            )
        }
        if let coded = granted.first {
            throw Refusal(
                .benefitNotGranted,
                rule: .r54,
                "\(benefit) of \(coded.enrollment.id) is redeemed with codes: redeem its tokens instead.",
                facts: ["enrollmentId": coded.enrollment.id, "benefit": benefit]
            )
        }
        throw Refusal(
            .benefitNotGranted,
            rule: .r54,
            "\(enrollment.map { "The enrollment \($0)" } ?? "No enrollment of \(organization.id)") "
                + "\(enrollment == nil ? "grants" : "grants nothing of") \(benefit)"
                + "\(enrollment == nil ? " on \(day)" : "").",
            facts: ["organizationId": organization.id, "benefit": benefit]
        )
    }
}

/// What redeeming a benefit made.
public struct BenefitRedemptionResource: Hashable, Sendable, Codable, RecordedAnswer {
    public let enrollmentId: EnrollmentID
    public let organizationId: OrganizationID
    public let benefit: ProductLine
    @Nullable public var tenantId: TenantID?
    public let tenantDomain: DomainName
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    /// The seats it made.
    public let seatBlockId: SeatBlockID
    public let redeemedOn: CalendarDate
    public let rightsEndOn: CalendarDate
    /// R54: the offer's end, whenever it was redeemed.
    public let serviceEndsOn: CalendarDate
    /// The ledger's row.
    public internal(set) var auditSequence: Int64 = 0
}
