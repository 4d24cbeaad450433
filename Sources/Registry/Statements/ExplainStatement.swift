/// How a product line's figures in a statement come about, line by line.
public struct ExplainStatement: RegistryQuery {
    public static let summary = "Derive a product line's figures from the ledger"

    let organization: OrganizationID
    let product: ProductLine
    /// Nil for today.
    var asOf: CalendarDate?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .statement)
    }

    public func answer(on organization: Organization, in context: QueryContext) throws -> StatementExplanationResource {
        let figures = try StatementFigures(of: organization, asOf: asOf, context: context)
        let known = ProgramSKUs(try context.reading.programs()).products.union(figures.products(of: .organization))
        guard known.contains(product) else {
            let near = nearNames(to: product.rawValue, among: known.map(\.rawValue))
            throw Refusal(
                .inputInvalid,
                "\(organization.id) has no product line \(product), and no programme grants it.\(suggestion(near))",
                facts: ["field": "product", "near": near]
            )
        }
        let pool = figures.pool(of: product, sharing: .organization)
        var lines = try grantLines(figures, reading: context.reading)
        lines += sumLines(pool)
        lines += try useLines(figures, reading: context.reading)
        lines += resultLines(pool)
        return StatementExplanationResource(
            organizationId: organization.id,
            product: product,
            unit: product.unit,
            asOf: figures.day,
            lines: lines
        )
    }

    private typealias Line = StatementExplanationResource.Line

    private func grantLines(_ figures: StatementFigures, reading: any RegistryReading) throws -> [Line] {
        try figures.grants.filter { $0.grant.product == product && $0.sharing == .organization }.flatMap {
            held -> [Line] in
            let enrollment = held.enrollment.known(on: figures.day)
            let sequence = try reading.firstAuditSequence(of: enrollment.id.value, in: enrollment.organizationID)
            let sequences = sequence.map { [$0] } ?? []
            let reach = held.grant.isLocal ? "in \(held.grant.country) alone" : "in every country"
            var lines = [
                Line(
                    kind: .grant,
                    rule: held.grant.isLocal ? .r05 : nil,
                    text: "Enrollment \(enrollment.id) (\(enrollment.programID), \(enrollment.year.startsOn) to "
                        + "\(enrollment.year.endsOn), benefits through "
                        + "\(enrollment.benefitsEndOn(portal: figures.organization.portals))) grants, usable \(reach)",
                    country: held.grant.country,
                    quantity: held.grant.granted,
                    auditSequences: sequences
                )
            ]
            if held.grant.clipped > 0 {
                lines.append(
                    Line(
                        kind: .clipped,
                        rule: held.grant.limit == .onePerOrganization ? .r38 : .r12,
                        text: "Of its \(held.grant.quantity) this did not fit: "
                            + "\(held.grant.limit?.rawValue ?? "a maximum") was reached",
                        country: held.grant.country,
                        quantity: held.grant.clipped,
                        auditSequences: sequences
                    )
                )
            }
            return lines
        }
    }

    private func sumLines(_ pool: EntitlementPool) -> [Line] {
        [
            Line(kind: .sum, rule: nil, text: "Usable in every country", quantity: pool.shared),
            Line(kind: .sum, rule: .r05, text: "Usable in one country alone", quantity: pool.local),
            Line(kind: .sum, rule: nil, text: "Entitlement", quantity: pool.entitlement),
            Line(kind: .maximum, rule: .r02, text: "Maximum for each country", quantity: pool.maximum.country),
            Line(kind: .maximum, rule: .r02, text: "Maximum worldwide", quantity: pool.maximum.worldwide),
        ]
    }

    private func useLines(_ figures: StatementFigures, reading: any RegistryReading) throws -> [Line] {
        try reading.useParts(of: product, in: figures.organization.id, on: figures.day).filter {
            $0.sharing == .organization
        }.map { part in
            let place = part.tenantDomain.map { "in the cloud on \($0)" } ?? "on-premises"
            let origin = part.source.map { ", bought outside the programme (\($0))" } ?? ""
            return Line(
                kind: part.isCounted ? .use : .uncounted,
                rule: part.isCounted ? nil : part.source == nil ? .r06 : .r42,
                text: "Used \(place) for \(part.purpose.rawValue)\(origin)"
                    + (part.isCounted ? "" : "; does not count"),
                country: part.country,
                quantity: part.units,
                auditSequences: part.auditSequences
            )
        }
    }

    private func resultLines(_ pool: EntitlementPool) -> [Line] {
        var lines = [
            Line(
                kind: .sum,
                rule: .r41,
                text: "Used, cloud and on-premises together",
                quantity: pool.used
            ),
            Line(
                kind: .sum,
                rule: .r03,
                text: "Used beyond each country's own licences, from what all countries share",
                quantity: pool.sharedInUse
            ),
        ]
        for use in pool.countries {
            lines.append(
                Line(
                    kind: .available,
                    rule: nil,
                    text: "Could be used more in \(use.country): \(use.used) used, \(use.local) of its own",
                    country: use.country,
                    quantity: pool.available(in: use.country)
                )
            )
        }
        lines.append(Line(kind: .available, rule: nil, text: "Could be used more in all", quantity: pool.available))
        for passed in pool.limitsPassed {
            lines.append(
                Line(
                    kind: .passed,
                    rule: passed.limit.rule,
                    text: "Passed: \(passed.limit.rawValue)",
                    country: passed.country,
                    quantity: pool.used
                )
            )
        }
        return lines
    }
}

/// How a product line's figures come about, line by line.
public struct StatementExplanationResource: Hashable, Sendable, Codable {
    public let organizationId: OrganizationID
    public let product: ProductLine
    /// What the quantities count, such as `seats` or `USD a month`.
    public let unit: String
    public let asOf: CalendarDate
    public let lines: [Line]

    /// One figure, and what it follows from.
    public struct Line: Hashable, Sendable, Codable {
        public let kind: Kind
        @Nullable public var country: CountryCode?
        public let quantity: Int
        /// The rule that makes it so, where there is one.
        @Nullable public var rule: Rule?
        public let text: String
        /// The ledger's rows that it follows from; the first hundred where there are more.
        public let auditSequences: [Int64]

        init(
            kind: Kind,
            rule: Rule?,
            text: String,
            country: CountryCode? = nil,
            quantity: Int,
            auditSequences: [Int64] = []
        ) {
            self.kind = kind
            self.country = country
            self.quantity = quantity
            self.rule = rule
            self.text = text
            self.auditSequences = auditSequences
        }
    }

    /// What a line describes.
    public enum Kind: String, Choice {
        public static let summary = "What a line of the derivation tells of."

        case grant
        case clipped
        case sum
        case maximum
        case use
        case uncounted
        case available
        case passed
    }
}
