/// R19: what is right instead of something that was recorded wrongly.
///
/// A correction is an entry of its own: the one that it corrects stays in the ledger, and what was known before can
/// still be told.
public struct CorrectionDraft: Hashable, Sendable {
    public let row: CorrectableRow
    public let changes: [FieldChange]
    /// Whose it is; nil for what belongs to the registry itself.
    public let organizationID: OrganizationID?
    /// What the ledger calls it.
    public let subject: String
    /// The day from which the right values hold; nil where they were right from the start.
    public let on: CalendarDate?
    public let reason: String
    /// The ledger's row that tells of it.
    public let sequence: Int64
    public let recordedAt: Instant
}

/// What a correction changes.
public enum CorrectableRow: Hashable, Sendable {
    case organization(OrganizationID)
    case location(LocationID, of: OrganizationID)
    case enrollment(EnrollmentID)
    /// The ending of an enrollment, to be taken back.
    case ending(of: EnrollmentID)
    case token(TokenID)
    /// That a token is void, to be taken back.
    case void(of: TokenID)
    case redemption(of: TokenID)
    case seatBlock(SeatBlockID)
    /// By the domain that it was signed up with.
    case tenant(DomainName)
    /// One of a tenant's domains.
    case domain(DomainName)
    case productKey(ProductKeyID)
    /// By its number.
    case activation(Int64)
    case productVersion(product: String, version: String)
}

/// A value before and after a correction.
public struct FieldChange: Hashable, Sendable {
    /// Its published name.
    public let field: String
    public let was: CorrectedValue
    public let becomes: CorrectedValue

    public init(_ field: String, _ was: CorrectedValue, _ becomes: CorrectedValue) {
        self.field = field
        self.was = was
        self.becomes = becomes
    }
}

/// A value that can be corrected: its own, or what it refers to.
public enum CorrectedValue: Hashable, Sendable {
    case none
    case text(String)
    case number(Int)
    case flag(Bool)
    case location(LocationID, of: OrganizationID)
    case enrollment(EnrollmentID)
    case tenant(DomainName)
    case person(UserPrincipalName, of: OrganizationID)
    /// Follow from the programme, and are not told beside it.
    case traits(ProgramTraits)

    /// A value that is written as text; none for nil.
    public init(_ text: (some CustomStringConvertible)?) {
        self = text.map { .text($0.description) } ?? .none
    }

    /// As it is published; nil for none, and for what is not told.
    public var text: String? {
        switch self {
        case .none, .traits: nil
        case .text(let text): text
        case .number(let number): String(number)
        case .flag(let flag): String(flag)
        case .location(let id, _): id.value
        case .enrollment(let id): id.value
        case .tenant(let domain): domain.description
        case .person(let name, _): name.value
        }
    }
}

/// A correction, as the registry keeps it: one for each field.
public struct Correction: Hashable, Sendable, Decodable {
    public let auditSequence: Int64
    public let recordedAt: Instant
    public let subject: String
    public let field: String
    public let was: String?
    public let becomes: String?
    public let on: CalendarDate?
    public let reason: String
}

public protocol CorrectionReading {
    /// In the order in which they were recorded.
    /// - Parameter subject: nil for all of the organisation's.
    func corrections(of organization: OrganizationID, subject: String?) throws -> [Correction]
    /// Reads what was known at an instant: without what was recorded, ended or corrected later.
    func asKnown<Answer>(by instant: Instant, _ body: (any RegistryReading) throws -> Answer) throws -> Answer
    /// What is known of a day and the days before it though it was recorded after `instant`: how many facts, and how many
    /// corrections.
    func recordedLater(
        of organization: OrganizationID,
        through day: CalendarDate,
        after instant: Instant
    ) throws -> RecordedLater
}

public protocol CorrectionWriting {
    /// Writes the right values, and keeps what they were.
    func correct(_ draft: CorrectionDraft) throws
}

/// What was recorded after a day was over that changes what is known of it.
public struct RecordedLater: Hashable, Sendable, Codable {
    /// Facts of that day or before.
    public let facts: Int
    /// Fields that were corrected.
    public let corrections: Int
}
