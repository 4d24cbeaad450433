/// Records seats that were bought outside the programme (R39).
public struct AddSubscription: RegistryCommand {
    public static let action = "tenant.add-subscription"

    public let tenant: TenantReference
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    /// Where they were bought, in the administrator's words.
    public let source: String
    /// The last day of the service; nil where it has no stated end.
    public let endsOn: CalendarDate?
    /// When they were bought; nil for today.
    public let on: CalendarDate?

    public init(
        tenant: TenantReference,
        skuPartNumber: SKUPartNumber,
        seats: Int,
        source: String,
        endsOn: CalendarDate?,
        on: CalendarDate?
    ) {
        self.tenant = tenant
        self.skuPartNumber = skuPartNumber
        self.seats = seats
        self.source = source
        self.endsOn = endsOn
        self.on = on
    }

    public struct Answer: Hashable, Sendable, Codable {
        public let seatBlockID: SeatBlockID
        public let tenantID: TenantID?
        public let tenantDomain: DomainName
        public let skuPartNumber: SKUPartNumber
        public let seats: Int
        public let source: String
        public let startsOn: CalendarDate
        public let serviceEndsOn: CalendarDate?
        public let auditSequence: Int64
    }

    public var subjectOfRefusal: String { tenant.description }

    /// R39: that a purchase was refused is a ledger row.
    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> Answer {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(tenant.organizationID)
        let day = try context.day(stated: on, in: organization)
        try tenant.checkSignedUp(by: day, "seats cannot have been bought for it")
        let sku = try transaction.requireSKU(skuPartNumber)
        if let endsOn, endsOn < day {
            throw Refusal(
                .inputInvalid,
                "The subscription cannot end on \(endsOn), before it begins on \(day).",
                facts: [.init("endsOn", .text(endsOn.description))]
            )
        }
        try transaction.checkSharing(
            adding: sku,
            isProgram: false,
            label: source,
            on: tenant,
            day: day
        )
        let block = try transaction.insert(
            SeatBlockDraft(
                tenantDomain: tenant.domain,
                skuPartNumber: sku.partNumber,
                seats: seats,
                source: .purchase(source),
                startsOn: day,
                rightsEndOn: nil,
                serviceEndsOn: endsOn,
                recordedAt: context.now
            )
        )
        let sequence = try context.record(
            Self.action,
            subject: tenant.domain.value,
            changes: [
                "tenantDomain": .text(tenant.domain.value),
                "seatBlockId": .text(block.description),
                "skuPartNumber": .text(sku.partNumber.description),
                "seats": .number(seats),
                "source": .text(source),
                "startsOn": .text(day.description),
                "serviceEndsOn": .optional(endsOn),
            ]
        )
        return Answer(
            seatBlockID: block,
            tenantID: tenant.id,
            tenantDomain: tenant.domain,
            skuPartNumber: sku.partNumber,
            seats: seats,
            source: source,
            startsOn: day,
            serviceEndsOn: endsOn,
            auditSequence: sequence
        )
    }
}
