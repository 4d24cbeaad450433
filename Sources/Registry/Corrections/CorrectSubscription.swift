/// Corrects what was recorded of seats that were bought outside the programme, renews them for another term, or records
/// that they were cancelled.
public struct CorrectSubscription: RegistryCommand {
    public static let action = "subscription.correct"
    public static let summary = "Correct a purchased subscription"

    let subscription: SeatBlockID
    /// 1 to 1,000,000.
    var seats: Int?
    var skuPartNumber: SKUPartNumber?
    var source: KeptText?
    /// The last day of the service.
    var endsOn: CalendarDate?
    /// The first day without it.
    var cancelledOn: CalendarDate?
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { subscription.description }

    public func isRecorded(_ refusal: Refusal) -> Bool { refusal.rule != nil }

    public func authorize(_ gate: AccessGate) throws -> Permitted<PurchasedSubscription> {
        try gate.subscription(subscription, for: .administrator)
    }

    public func run(on purchase: PurchasedSubscription, in context: CommandContext) throws -> CorrectionResource {
        let transaction = context.transaction
        let (tenant, block) = (purchase.tenant, purchase.block)
        guard case .purchase(let words) = block.source else {
            throw Refusal.uncorrectable(
                "\(block.id) is the programme's own (R31): correct its token or redemption instead.",
                rule: .r31,
                facts: ["seatBlockId": block.id]
            )
        }
        if let seats, !(1...1_000_000).contains(seats) {
            throw Refusal.invalidField("seats", String(seats), "it is a number from 1 to 1000000")
        }
        let organization = try transaction.requireOrganization(tenant.organizationID)
        let sku = try skuPartNumber.map { try transaction.requireSKU($0).partNumber } ?? block.skuPartNumber
        let newSource = source?.text ?? words
        if sku != block.skuPartNumber || newSource != words {
            try SeatCorrection(tenant: tenant, context: context).checkUnused(block)
        }
        if sku != block.skuPartNumber {
            try transaction.checkSharing(
                adding: transaction.requireSKU(sku),
                isProgram: false,
                traits: nil,
                label: newSource,
                on: tenant,
                day: block.startsOn
            )
        }
        var answer = try context.correct(
            tenant.domain.description,
            of: organization,
            action: Self.action,
            [
                (
                    .seatBlock(block.id),
                    [
                        FieldChange("seats", .number(block.seats), .number(seats ?? block.seats)),
                        FieldChange("skuPartNumber", .init(block.skuPartNumber), .init(sku)),
                        FieldChange("source", .init(words), .init(newSource)),
                        FieldChange("serviceEndsOn", .init(block.serviceEndsOn), .init(try end(of: block))),
                    ]
                )
            ],
            on: on,
            reason: reason
        )
        answer.warnings += try SeatCorrection(tenant: tenant, context: context).warnings(of: sku, in: organization)
        return answer
    }

    private func end(of block: SeatBlock) throws -> CalendarDate? {
        if endsOn != nil, cancelledOn != nil {
            throw Refusal(.inputInvalid, "Say when it ends or when it was cancelled, not both.")
        }
        guard let end = endsOn ?? cancelledOn?.adding(days: -1) else { return block.serviceEndsOn }
        guard end >= block.startsOn else {
            throw Refusal(
                .dateTooEarly,
                "The subscription cannot end on \(end), before it began on \(block.startsOn).",
                facts: ["earliest": block.startsOn]
            )
        }
        return end
    }
}

/// Seats that were bought outside the programme, and where they are.
public struct PurchasedSubscription {
    let tenant: Tenant
    let block: SeatBlock
}
