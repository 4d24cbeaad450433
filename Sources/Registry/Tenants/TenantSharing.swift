/// R39: which SKUs may share a tenant with programme seats.
public enum TenantSharing {
    /// Seats on a tenant, as far as R39 looks at them.
    public struct Presence: Hashable, Sendable {
        public let sku: SKU
        /// Whether they come from the programme.
        public let isProgram: Bool
        /// What a person knows the seats by: a token, or a purchase's own words.
        public let label: String
        /// R59: what their enrollment's edition lets stand beside them; of no account for what was bought.
        public let sharing: ProgramTraits.SharedTenant

        public init(
            sku: SKU,
            isProgram: Bool,
            label: String,
            sharing: ProgramTraits.SharedTenant = .enterpriseAndKiosk
        ) {
            self.sku = sku
            self.isProgram = isProgram
            self.label = label
            self.sharing = sharing
        }
    }

    /// R39: Office 365 seats bought outside the programme may share a tenant with the programme's Office 365 seats
    /// only if they are enterprise or kiosk SKUs; it holds whichever came first. Services outside Office 365 are not
    /// touched. A SKU whose family is not known is refused until it is. R59: where the edition of the programme seats says
    /// so, business suites may share as well.
    /// - Returns: the refusal, or nil when `addition` may join `present`.
    public static func refusal(adding addition: Presence, to present: [Presence], tenantDomain: DomainName) -> Refusal?
    {
        guard let family = addition.sku.family else { return unknownFamily(addition.sku) }
        guard family.isOffice365 else { return nil }
        for other in present where other.isProgram != addition.isProgram {
            let purchased = addition.isProgram ? other : addition
            let program = addition.isProgram ? addition : other
            guard let purchasedFamily = purchased.sku.family else { return unknownFamily(purchased.sku) }
            guard program.sku.family?.isOffice365 ?? true, purchasedFamily.isOffice365,
                !purchasedFamily.mayShareTenantWithProgramSeats,
                !(purchasedFamily == .business && program.sharing == .alsoBusiness)
            else { continue }
            let cause =
                addition.isProgram
                ? "it has \(purchased.sku.partNumber) seats bought outside the programme (\(purchased.label))"
                : "it has programme seats of \(program.sku.partNumber) (\(program.label))"
            return Refusal(
                .tenantIncompatibleSKU,
                rule: .r39,
                "\(tenantDomain) cannot take \(addition.sku.partNumber): \(cause), and only enterprise (E) and kiosk (K) "
                    + "SKUs may share a tenant with programme seats.",
                facts: [
                    "tenantDomain": tenantDomain, "skuPartNumber": addition.sku.partNumber,
                    "conflictsWith": other.sku.partNumber, "subscription": other.label,
                ]
            )
        }
        return nil
    }

    private static func unknownFamily(_ sku: SKU) -> Refusal {
        Refusal(
            .skuUnknownFamily,
            rule: .r39,
            "The family of \(sku.partNumber) is not known, so whether it may share a tenant is not either; "
                + "import a SKU list that names it.",
            facts: ["skuPartNumber": sku.partNumber]
        )
    }
}

extension TenantReading where Self: SeatReading & ProgramReading {
    /// R39, asked of what is on the tenant on `day`.
    /// - Throws: `Refusal`.
    func checkSharing(
        adding sku: SKU,
        isProgram: Bool,
        traits: ProgramTraits?,
        label: String,
        on tenant: Tenant,
        day: CalendarDate
    ) throws {
        try checkSharing(
            adding: sku,
            isProgram: isProgram,
            traits: traits,
            label: label,
            on: tenant,
            blocks: newestSeatBlocks(on: tenant.domain, presentOn: day),
            day: day
        )
    }

    /// R39, asked of those of `blocks` that are there on `day`.
    /// - Throws: `Refusal`.
    func checkSharing(
        adding sku: SKU,
        isProgram: Bool,
        traits: ProgramTraits?,
        label: String,
        on tenant: Tenant,
        blocks: [SeatBlock],
        day: CalendarDate
    ) throws {
        let present = try blocks.filter { $0.status(on: day) != .deleted }.map { block in
            TenantSharing.Presence(
                sku: try sku.partNumber == block.skuPartNumber ? sku : requireSKU(block.skuPartNumber),
                isProgram: block.source.isProgram,
                label: block.source.tokenID.map { "token \($0)" } ?? block.source.description,
                // Beside another programme's seats it is not asked for.
                sharing: try isProgram ? .enterpriseAndKiosk : sharing(of: block)
            )
        }
        let addition = TenantSharing.Presence(
            sku: sku,
            isProgram: isProgram,
            label: label,
            sharing: traits?.sharing ?? .enterpriseAndKiosk
        )
        if let refusal = TenantSharing.refusal(adding: addition, to: present, tenantDomain: tenant.domain) {
            throw refusal
        }
    }
    /// R39: decided by the edition of the enrollment that brought the seats.
    private func sharing(of block: SeatBlock) throws -> ProgramTraits.SharedTenant {
        try block.source.enrollmentID.flatMap { try enrollment($0) }?.traits.sharing ?? .enterpriseAndKiosk
    }
}
