public protocol RenewalReading {
    /// The enrollments without an ending whose year ends in `days`, of one organisation or of all, by their last day,
    /// then by id.
    func enrollmentsWithoutEnding(
        endingIn days: ClosedRange<CalendarDate>,
        of organization: OrganizationID?,
        after key: RenewalKey?,
        limit: Int
    ) throws -> [HeldEnrollment]
    /// What was recorded when the enrollment was renewed; nil while it is not.
    func renewal(of enrollment: EnrollmentID) throws -> RecordedRenewal?
    /// The renewed enrollments whose placement was asked for and not carried out, and whose next year has begun on
    /// `day` and has not ended, of one organisation or of all, by id.
    func renewalsAwaitingRedemption(
        on day: CalendarDate,
        of organization: OrganizationID?,
        after id: EnrollmentID?,
        limit: Int
    ) throws -> [HeldEnrollment]
}

public protocol RenewalWriting {
    /// R33: voids what was not redeemed, replaced or voided of the enrollment's tokens.
    /// - Returns: the tokens, in the order of their ids.
    func voidUnredeemedTokens(of enrollment: EnrollmentID, on day: CalendarDate, recordedAt: Instant) throws
        -> [TokenID]
    /// Records a renewal, once for each enrollment.
    func insert(_ renewal: AppliedRenewal, recordedAt: Instant) throws
    /// Records that the placement is to be carried out; nothing happens when it was recorded before.
    func awaitRedemption(of enrollment: EnrollmentID, recordedAt: Instant) throws
    /// Records what the placement became so far, or, `isFinished`, for good.
    func recordRedemption(of enrollment: EnrollmentID, _ outcome: CarriedOut, isFinished: Bool, recordedAt: Instant)
        throws
}

/// An enrollment with the organisation that holds it.
public struct HeldEnrollment: Hashable, Sendable {
    public let enrollment: Enrollment
    public let organization: Organization

    public init(enrollment: Enrollment, organization: Organization) {
        self.enrollment = enrollment
        self.organization = organization
    }

    public var key: RenewalKey { RenewalKey(endsOn: enrollment.year.endsOn, id: enrollment.id) }
}

/// Where an enrollment stands among those that are due.
public struct RenewalKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let endsOn: CalendarDate
    public let id: EnrollmentID

    public var description: String { "\(endsOn) \(id)" }

    public static func < (left: RenewalKey, right: RenewalKey) -> Bool {
        (left.endsOn, left.id) < (right.endsOn, right.id)
    }
}

extension RenewalKey: TextValue {
    public static let form = TextForm(
        "it is the end of an earlier page",
        describedAs: "Where the last page ended.",
        example: "2026-12-31 gold"
    )

    public init?(_ text: String) {
        guard text.utf8.count > 11, let day = CalendarDate(text.prefix(10)),
            let id = EnrollmentID(String(text.dropFirst(11)))
        else { return nil }
        self.init(endsOn: day, id: id)
    }
}

/// A renewal as it was applied, with what became of its placement.
public struct RecordedRenewal: Hashable, Sendable {
    public let applied: AppliedRenewal
    public let redemption: Redemption

    public init(applied: AppliedRenewal, redemption: Redemption) {
        self.applied = applied
        self.redemption = redemption
    }

    public enum Redemption: Hashable, Sendable {
        case notAskedFor
        /// Some of it may be carried out, while the portal's codes for the rest are awaited.
        case awaited(CarriedOut)
        case done(CarriedOut)
    }
}
