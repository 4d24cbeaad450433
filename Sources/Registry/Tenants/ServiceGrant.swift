/// R36: the seats that a sign-up brings of a service without tokens, as its enrollment grants them.
struct ServiceGrant {
    let enrollment: Enrollment
    let skuPartNumber: SKUPartNumber
    let seats: Int
    let startsOn: CalendarDate

    /// The seats, on the tenant that was signed up. R47: rights end with the programme year, service 12 months after the
    /// sign-up.
    func draft(on tenant: DomainName, recordedAt: Instant) -> SeatBlockDraft {
        SeatBlockDraft(
            tenantDomain: tenant,
            skuPartNumber: skuPartNumber,
            seats: seats,
            source: .enrollment(enrollment.id),
            startsOn: startsOn,
            rightsEndOn: enrollment.year.endsOn,
            serviceEndsOn: SeatBlockState.serviceEnd(redeemedOn: startsOn),
            recordedAt: recordedAt
        )
    }
}

extension CloudService {
    /// R36: what a service is granted as that has no tokens; nil for all others.
    var grantedWithoutTokens: (product: ProductLine, skuPartNumber: SKUPartNumber)? {
        switch self {
        case .intune: (.intune, SKUPartNumber(stored: "INTUNE_A"))
        case .office365, .azure, .azureActiveDirectory, .dynamicsCRM: nil
        }
    }
}

extension RegistryReading {
    /// R36: what the enrollment grants of a service without tokens; nil for a service that has them.
    ///
    /// - Throws: `Refusal` with `service.not-allowed` when no enrollment is named, when it grants none of the service, and
    ///   when what it grants was activated before.
    func serviceGrant(
        of service: CloudService,
        enrollment: Enrollment?,
        organization: Organization,
        on day: CalendarDate
    ) throws -> ServiceGrant? {
        guard let (product, skuPartNumber) = service.grantedWithoutTokens else { return nil }
        guard let enrollment else {
            let granting = try enrollmentsGranting(product, to: organization, on: day)
            throw refusal(
                "\(service.rawValue) has no tokens: it is signed up for through the enrollment that grants it. "
                    + (granting.isEmpty
                        ? "\(organization.id) holds none that does on \(day)."
                        : "Name one of \(granting.joined(separator: ", "))."),
                facts: ["organizationId": organization.id, "enrollments": granting]
            )
        }
        let fact: Refusal.Facts = ["enrollmentId": enrollment.id]
        let history = try GrantHistory(of: organization, product: product, since: day, reading: self)
        guard let grant = history.grants(of: enrollment.id, on: day).first, grant.granted > 0
        else {
            throw refusal("The enrollment \(enrollment.id) grants nothing of \(service.rawValue).", facts: fact)
        }
        if let tenant = try tenants(of: organization.id).first(where: { tenant in
            tenant.services.contains { $0.service == service && $0.enrollmentID == enrollment.id }
        }) {
            throw refusal(
                "What the enrollment \(enrollment.id) grants of \(service.rawValue) was activated for \(tenant.domain); "
                    + "it can be activated once, and seats cannot be moved.",
                facts: fact + ["tenantDomain": tenant.domain]
            )
        }
        return ServiceGrant(
            enrollment: enrollment,
            skuPartNumber: try requireSKU(skuPartNumber).partNumber,
            seats: grant.granted,
            startsOn: day
        )
    }

    private func enrollmentsGranting(
        _ product: ProductLine,
        to organization: Organization,
        on day: CalendarDate
    ) throws -> [String] {
        try GrantHistory(of: organization, product: product, since: day, reading: self).grants(on: day)
            .filter { $0.grant.granted > 0 }
            .map(\.enrollment.id.value)
    }

    private func refusal(_ detail: String, facts: Refusal.Facts) -> Refusal {
        Refusal(.serviceNotAllowed, rule: .r36, detail, facts: facts)
    }
}
