/// Where one import's rows wait until they are made real: beside the registry, seen by nobody, and gone with the process.
public struct StagingArea: Hashable, Sendable {
    public let number: UInt64
}

/// The last token and the last product key that there were: what has a higher number was recorded later.
public struct CodeMark: Hashable, Sendable, Decodable {
    public let token: TokenID
    public let productKey: ProductKeyID
}

public protocol StagingWriting {
    /// Stages tokens in the order in which they will be numbered. What is staged is in no table, and covered by no row of
    /// the ledger.
    func stage(_ tokens: [StagedToken], in area: StagingArea) throws
    /// Stages product keys, likewise.
    func stage(_ keys: [StagedKey], in area: StagingArea) throws
    /// Whether a code that is staged was recorded after `mark`, as a token's or a product key's.
    func holdsRecordedCode(_ area: StagingArea, after mark: CodeMark) throws -> Bool
    /// Issues the staged tokens, with numbers that follow one another.
    /// - Returns: the first and the last; nil when none are staged.
    func issueStaged(in area: StagingArea, as origin: StagedTokenOrigin) throws -> ClosedRange<TokenID>?
    /// Records the staged product keys, with numbers that follow one another.
    /// - Returns: the first and the last; nil when none are staged.
    func recordStagedKeys(
        in area: StagingArea,
        of enrollment: EnrollmentID,
        recordedAt: Instant
    ) throws -> ClosedRange<ProductKeyID>?
    /// Forgets what is staged there.
    func clear(_ area: StagingArea) throws
}

/// What all tokens of an import have in common.
public struct StagedTokenOrigin: Hashable, Sendable {
    public let enrollmentID: EnrollmentID
    public let issuedOn: CalendarDate
    public let recordedAt: Instant
}

/// An imported token before it is real.
public struct StagedToken: Hashable, Sendable {
    public let skuPartNumber: SKUPartNumber
    public let seats: Int
    public let code: SealedCode
}

/// An imported product key before it is real.
public struct StagedKey: Hashable, Sendable {
    public let product: String
    public let version: String?
    public let source: ProductKey.Source
    public let isKMS: Bool
    public let activations: Int?
    public let code: SealedCode
}
