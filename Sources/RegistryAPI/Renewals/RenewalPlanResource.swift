public import Registry

/// A renewal plan, as it is kept in a file.
public struct RenewalPlanResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    /// The programme of the next year.
    public let program: String
    /// The day of the renewal that was stated; null for the day on which it is applied.
    @Nullable public var on: String?
    /// The day that the figures are of.
    public let plannedFor: String
    @Nullable public var paidOn: String?
    public let closingYear: Year
    public let nextYear: Year
    /// What the plan is bound to: the fingerprint of `facts`.
    public let state: String
    public let entitlement: [Change]
    public let issue: [Issue]
    public let void: [String]
    public let lapses: [Lapse]
    public let placements: [Placement]
    public let signUps: [SignUp]
    /// The other enrollments that are due together with this one and were planned for with it.
    public let together: [Companion]
    public let uncovered: [Uncovered]
    public let proofs: [String]
    /// Whether it is proven that no placement leaves fewer users without a seat.
    public let proven: Bool
    public let differences: [String]
    public let facts: [Fact]

    public struct Year: Codable, Sendable {
        public let startsOn: String
        public let endsOn: String

        init(_ year: ProgramYear) {
            startsOn = year.startsOn.description
            endsOn = year.endsOn.description
        }
    }

    public struct Change: Codable, Sendable {
        public let product: String
        public let closing: Int
        public let next: Int
        public let clipped: Int
        @Nullable public var clippedBy: String?
    }

    public struct Issue: Codable, Sendable {
        public let skuPartNumber: String
        public let seats: Int
    }

    public struct Lapse: Codable, Sendable {
        @Nullable public var tenantId: String?
        public let tenantDomain: String
        public let skuPartNumber: String
        public let seats: Int
        public let rightsEndOn: String
        public let serviceEndsOn: String
        public let users: [String]
    }

    public struct Placement: Codable, Sendable {
        /// The index in `issue`.
        public let issue: Int
        /// The tenant by its id or by a domain: one of the two is enough.
        @Nullable public var tenantId: String?
        @Nullable public var tenantDomain: String?
    }

    /// R36: carries a service without tokens on.
    public struct SignUp: Codable, Sendable {
        public let service: String
        @Nullable public var tenantId: String?
        public let tenantDomain: String
        public let skuPartNumber: String
        public let seats: Int

        init(_ signUp: RenewalPlan.SignUp) {
            service = signUp.service.rawValue
            tenantId = signUp.tenantID?.value
            tenantDomain = signUp.tenantDomain.value
            skuPartNumber = signUp.skuPartNumber.text
            seats = signUp.seats
        }
    }

    /// An enrollment that is due together, and where its new tokens are expected, or are.
    public struct Companion: Codable, Sendable {
        public let enrollmentId: String
        public let placements: [Placement]

        public struct Placement: Codable, Sendable {
            public let skuPartNumber: String
            public let seats: Int
            @Nullable public var tenantId: String?
            public let tenantDomain: String
        }
    }

    public struct Uncovered: Codable, Sendable {
        @Nullable public var tenantId: String?
        public let tenantDomain: String
        public let skuPartNumber: String
        public let users: [String]
        public let reason: String
    }

    public struct Fact: Codable, Sendable {
        public let subject: String
        public let value: String
    }

    public init(_ plan: RenewalPlan) {
        enrollmentId = plan.enrollmentID.value
        organizationId = plan.organizationID.value
        program = plan.programID.value
        on = plan.isDayStated ? plan.day.description : nil
        plannedFor = plan.day.description
        paidOn = plan.paidOn?.description
        closingYear = Year(plan.closingYear)
        nextYear = Year(plan.nextYear)
        state = plan.state
        entitlement = plan.entitlement.map { change in
            Change(
                product: change.product.rawValue,
                closing: change.closing,
                next: change.next,
                clipped: change.clipped,
                clippedBy: change.clippedBy?.rawValue
            )
        }
        issue = plan.issue.map { Issue(skuPartNumber: $0.skuPartNumber.text, seats: $0.seats) }
        void = plan.void.map(\.description)
        lapses = plan.lapses.map { lapse in
            Lapse(
                tenantId: lapse.tenantID?.value,
                tenantDomain: lapse.tenantDomain.value,
                skuPartNumber: lapse.skuPartNumber.text,
                seats: lapse.seats,
                rightsEndOn: lapse.rightsEndOn.description,
                serviceEndsOn: lapse.serviceEndsOn.description,
                users: lapse.users.map(\.value)
            )
        }
        placements = plan.placements.map {
            Placement(issue: $0.issue, tenantId: $0.tenantID?.value, tenantDomain: $0.tenantDomain?.value)
        }
        signUps = plan.signUps.map(SignUp.init)
        together = plan.together.map { companion in
            Companion(
                enrollmentId: companion.enrollmentID.value,
                placements: companion.placements.map { placement in
                    Companion.Placement(
                        skuPartNumber: placement.skuPartNumber.text,
                        seats: placement.seats,
                        tenantId: placement.tenantID?.value,
                        tenantDomain: placement.tenantDomain.value
                    )
                }
            )
        }
        uncovered = plan.uncovered.map { uncovered in
            Uncovered(
                tenantId: uncovered.tenantID?.value,
                tenantDomain: uncovered.tenantDomain.value,
                skuPartNumber: uncovered.skuPartNumber.text,
                users: uncovered.users.map(\.value),
                reason: uncovered.reason
            )
        }
        proofs = plan.proofs
        proven = plan.proven
        differences = plan.differences
        facts = plan.facts.map { Fact(subject: $0.subject, value: $0.value) }
    }
}

extension RenewalPlanResource {
    /// The plan that the document is.
    /// - Throws: `Refusal` with `input.invalid`, which names the field.
    func plan() throws -> RenewalPlan {
        RenewalPlan(
            enrollmentID: try WireText.identifier(enrollmentId, "enrollmentId"),
            organizationID: try WireText.identifier(organizationId, "organizationId"),
            programID: try WireText.identifier(program, "program"),
            day: try WireText.date(on ?? plannedFor, on == nil ? "plannedFor" : "on"),
            isDayStated: on != nil,
            paidOn: try paidOn.map { try WireText.date($0, "paidOn") },
            closingYear: try closingYear.year("closingYear"),
            nextYear: try nextYear.year("nextYear"),
            state: state,
            entitlement: try entitlement.map { change in
                RenewalPlan.Change(
                    product: try product(change.product),
                    closing: change.closing,
                    next: change.next,
                    clipped: change.clipped,
                    clippedBy: change.clippedBy.flatMap(GrantLimit.init(rawValue:))
                )
            },
            issue: try issue.map { token in
                RenewalPlan.Issue(
                    skuPartNumber: try WireText.partNumber(token.skuPartNumber, "skuPartNumber"),
                    seats: try WireText.seats(token.seats)
                )
            },
            void: try void.map { try WireText.number($0, "void") },
            lapses: try lapses.map { lapse in
                RenewalPlan.Lapse(
                    tenantID: try tenantID(lapse.tenantId),
                    tenantDomain: try DomainName(lapse.tenantDomain),
                    skuPartNumber: try WireText.partNumber(lapse.skuPartNumber, "skuPartNumber"),
                    seats: lapse.seats,
                    rightsEndOn: try WireText.date(lapse.rightsEndOn, "rightsEndOn"),
                    serviceEndsOn: try WireText.date(lapse.serviceEndsOn, "serviceEndsOn"),
                    users: try lapse.users.map { try UserPrincipalName($0) }
                )
            },
            placements: try placements.map { placement in
                guard placement.tenantId != nil || placement.tenantDomain != nil else {
                    throw WireText.invalid("placements", "\(placement.issue)", "it names a tenantId or a tenantDomain")
                }
                return RenewalPlan.Placement(
                    issue: placement.issue,
                    tenantID: try tenantID(placement.tenantId),
                    tenantDomain: try placement.tenantDomain.map { try DomainName($0) }
                )
            },
            signUps: try signUps.map { signUp in
                RenewalPlan.SignUp(
                    service: try WireText.choice(signUp.service, "service"),
                    tenantID: try tenantID(signUp.tenantId),
                    tenantDomain: try DomainName(signUp.tenantDomain),
                    skuPartNumber: try WireText.partNumber(signUp.skuPartNumber, "skuPartNumber"),
                    seats: signUp.seats
                )
            },
            together: try together.map { companion in
                RenewalPlan.Companion(
                    enrollmentID: try WireText.identifier(companion.enrollmentId, "enrollmentId"),
                    placements: try companion.placements.map { placement in
                        RenewalPlan.Companion.Placement(
                            skuPartNumber: try WireText.partNumber(placement.skuPartNumber, "skuPartNumber"),
                            seats: try WireText.seats(placement.seats),
                            tenantID: try tenantID(placement.tenantId),
                            tenantDomain: try DomainName(placement.tenantDomain)
                        )
                    }
                )
            },
            uncovered: try uncovered.map { uncovered in
                RenewalPlan.Uncovered(
                    tenantID: try tenantID(uncovered.tenantId),
                    tenantDomain: try DomainName(uncovered.tenantDomain),
                    skuPartNumber: try WireText.partNumber(uncovered.skuPartNumber, "skuPartNumber"),
                    users: try uncovered.users.map { try UserPrincipalName($0) },
                    reason: uncovered.reason
                )
            },
            proofs: proofs,
            proven: proven,
            differences: differences,
            facts: facts.map { RenewalFact($0.subject, $0.value) }
        )
    }

    private func tenantID(_ text: String?) throws -> TenantID? {
        try text.map { try WireText.tenantID($0) }
    }

    private func product(_ text: String) throws -> ProductLine {
        guard let product = ProductLine(rawValue: text) else {
            throw WireText.invalid("product", text, "it is the name of a product line")
        }
        return product
    }
}

extension RenewalPlanResource.Year {
    func year(_ field: String) throws -> ProgramYear {
        ProgramYear(
            startsOn: try WireText.date(startsOn, "\(field).startsOn"),
            endsOn: try WireText.date(endsOn, "\(field).endsOn")
        )
    }
}
