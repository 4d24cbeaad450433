/// Records seats that were bought outside the programme (R39).
public struct AddSubscription: RegistryCommand {
    public static let action = "tenant.add-subscription"
    public static let summary = "Record seats bought outside the programme"

    let tenant: TenantReference
    let skuPartNumber: SKUPartNumber
    /// 1 to 1,000,000.
    let seats: Int
    /// Where they were bought; `program` names the programme's own seats alone.
    let source: KeptText
    /// The last day of the service; nil where it has no stated end.
    var endsOn: CalendarDate?
    /// When they were bought; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { tenant.description }

    /// R39: that a purchase was refused is a ledger row.
    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Tenant> {
        try gate.tenant(tenant, for: .cloud)
    }

    public func run(on tenant: Tenant, in context: CommandContext) throws -> SubscriptionResource {
        try checkInput()
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(tenant.organizationID)
        let day = try context.day(stated: on, in: organization)
        try tenant.checkSignedUp(by: day, "seats cannot have been bought for it")
        let sku = try transaction.requireSKU(skuPartNumber)
        if let endsOn, endsOn < day {
            throw Refusal(
                .inputInvalid,
                "The subscription cannot end on \(endsOn), before it begins on \(day).",
                facts: ["endsOn": endsOn]
            )
        }
        try transaction.checkSharing(
            adding: sku,
            isProgram: false,
            traits: nil,
            label: source.text,
            on: tenant,
            day: day
        )
        let block = try transaction.insert(
            SeatBlockDraft(
                tenantDomain: tenant.domain,
                skuPartNumber: sku.partNumber,
                seats: seats,
                source: .purchase(source.text),
                startsOn: day,
                rightsEndOn: nil,
                serviceEndsOn: endsOn,
                recordedAt: context.now
            )
        )
        return try context.record(
            Self.action,
            SubscriptionResource(
                seatBlockId: block,
                tenantId: tenant.id,
                tenantDomain: tenant.domain,
                skuPartNumber: sku.partNumber,
                seats: seats,
                source: source.text,
                startsOn: day,
                serviceEndsOn: endsOn
            ),
            subject: tenant.domain
        )
    }

    private func checkInput() throws {
        guard (1...1_000_000).contains(seats) else {
            throw Refusal.invalidField("seats", String(seats), "it is a number from 1 to 1000000")
        }
        let own = SeatSource.programDescription
        guard source.text != own, !source.text.hasPrefix("\(own) (") else {
            throw Refusal.invalidField("source", source.text, "that word is kept for the programme's own seats")
        }
    }
}

/// The seats that a purchase brought.
public struct SubscriptionResource: RecordedAnswer, Hashable, Sendable, Codable {
    public let seatBlockId: SeatBlockID
    @Nullable public var tenantId: TenantID?
    public let tenantDomain: DomainName
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    /// Where they were bought, in the administrator's words.
    public let source: String
    public let startsOn: CalendarDate
    /// The last day of the service; null where it has no stated end.
    @Nullable public var serviceEndsOn: CalendarDate?
    /// The ledger's row.
    public internal(set) var auditSequence: Int64 = 0
}
