/// What is known of an organisation: at the end of a day, or with a row of its ledger.
public enum KnownOn: Hashable, Sendable {
    case day(CalendarDate)
    /// Through the ledger's row of this sequence.
    case sequence(Int64)
}

extension KnownOn: TextValue {
    public static let form = TextForm(
        "it is a date such as 2026-03-02, or the sequence of a ledger row",
        describedAs: "A day in the organisation's time zone, or the sequence of a row of its ledger.",
        example: "2026-03-02"
    )

    public init?(_ text: String) {
        if let day = CalendarDate(text) {
            self = .day(day)
        } else if let sequence = Int64(text), sequence > 0 {
            self = .sequence(sequence)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .day(let day): day.description
        case .sequence(let sequence): String(sequence)
        }
    }
}

extension KnownOn {
    /// The instant at which exactly this was known.
    /// - Throws: `Refusal` with `date.in-future`, and with `input.invalid` for a row that the ledger does not have.
    func instant(in organization: Organization, at now: Instant, reading: any RegistryReading) throws -> Instant {
        switch self {
        case .day(let day):
            let today = organization.timeZone.day(of: now)
            guard day <= today else {
                throw Refusal(
                    .dateInFuture,
                    "What is known on \(day) cannot be told yet: it is \(today) in \(organization.timeZone.identifier).",
                    facts: ["date": day, "today": today]
                )
            }
            return organization.timeZone.end(of: day)
        case .sequence(let sequence):
            guard let instant = try reading.auditInstant(of: sequence, in: organization.id) else {
                let last = try reading.ledgerHead(of: organization.id).sequence
                throw Refusal(
                    .inputInvalid,
                    "The ledger of \(organization.id) has no row \(sequence); its last one is \(last).",
                    facts: ["sequence": sequence, "last": last]
                )
            }
            return instant
        }
    }
}
