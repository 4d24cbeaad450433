/// One programme that a location holds for one programme year.
///
/// A renewal makes a successor; the enrollment itself only gets an ending, and changes by corrections alone.
public struct Enrollment: Hashable, Sendable, Codable {
    public let id: EnrollmentID
    public let organizationID: OrganizationID
    public let locationID: LocationID
    /// The location's country.
    public let country: CountryCode
    public let programID: ProgramID
    public let programKind: Program.Kind
    /// The licence table that it was made from; nil where the records do not tell.
    public var edition: EditionID?
    /// The programme's as they were when it was recorded; nil for those of its kind.
    public var programTraits: ProgramTraits?
    /// Which competency it is, in the administrator's words.
    public var competency: String?
    public let year: ProgramYear
    /// Whether this registry makes the codes of its tokens, for an organisation that runs a portal of its own; otherwise
    /// the portal's are imported. A renewal goes on with it.
    public var mintsTokens = true
    /// The enrollment that this one renews.
    public var predecessor: EnrollmentID?
    /// The first day on which the renewal took the predecessor's place.
    public var predecessorEndedOn: CalendarDate?
    /// When it was recorded.
    public let recordedAt: Instant
    public private(set) var ending: Ending?

    /// What the rules tell its programme apart by.
    public var traits: ProgramTraits { programTraits ?? programKind.traits }

    /// How an enrollment came to its end, other than by the calendar.
    public struct Ending: Hashable, Sendable, Codable {
        public let kind: Kind
        /// The first day on which the ending holds.
        public let on: CalendarDate

        public enum Kind: String, Choice {
            public static let summary = "How an enrollment ended."

            /// A successor carries it on in the next year.
            case renewed
            /// Given up or lost during the year.
            case ended
            /// Not renewed.
            case lapsed
            /// R09: silver, whose place gold took during the year.
            case upgraded
        }
    }

    public enum Status: String, Choice {
        public static let summary = "How an enrollment stands on a day."

        /// Its benefits do not count yet.
        case upcoming
        case active
        case renewed
        case ended
        case lapsed
    }

    /// The last day on which its benefits count and its seats are licensed (R10, R32).
    ///
    /// In the Partner Center's window after the year they go on until the renewal is applied or the window closes.
    public func benefitsEndOn(portal: PortalHistory) -> CalendarDate {
        let window = RenewalWindow(of: year, at: portal)
        guard let ending else { return window.benefitsContinueThrough() }
        switch ending.kind {
        case .renewed: return window.benefitsContinueThrough(renewedOn: ending.on)
        case .ended, .lapsed, .upgraded: return min(window.benefitsContinueThrough(), ending.on.adding(days: -1))
        }
    }

    /// R32: the last day on which the seats that were redeemed of it are licensed: its benefits' last, or, where gold took
    /// its place, the year's, so that nobody loses a seat by it.
    public func seatsLicensedThrough(portal: PortalHistory) -> CalendarDate {
        guard let ending, ending.kind == .upgraded else { return benefitsEndOn(portal: portal) }
        return max(year.endsOn, ending.on.adding(days: -1))
    }

    /// The first day on which its benefits count: the year's first, or the renewal when that came later, until which
    /// the predecessor's went on. So no day counts twice.
    public var benefitsStartOn: CalendarDate { max(year.startsOn, predecessorEndedOn ?? year.startsOn) }

    /// The enrollment that takes its place from `day` on, at the same location.
    func successor(
        _ id: EnrollmentID,
        in program: Program,
        year: ProgramYear,
        from day: CalendarDate,
        recordedAt: Instant
    ) -> Enrollment {
        Enrollment(
            id: id,
            organizationID: organizationID,
            locationID: locationID,
            country: country,
            programID: program.id,
            programKind: program.kind,
            edition: program.edition.id,
            programTraits: program.traits,
            competency: competency,
            year: year,
            mintsTokens: mintsTokens,
            predecessor: self.id,
            predecessorEndedOn: day,
            recordedAt: recordedAt
        )
    }

    /// The enrollment as it was on `day`, without an ending that came later.
    func known(on day: CalendarDate) -> Enrollment {
        guard let ending, ending.on > day else { return self }
        var earlier = self
        earlier.ending = nil
        return earlier
    }

    /// Whether its benefits count on `day`.
    public func isInForce(on day: CalendarDate, portal: PortalHistory) -> Bool {
        benefitsStartOn <= day && day <= benefitsEndOn(portal: portal)
    }

    public func status(on day: CalendarDate, portal: PortalHistory) -> Status {
        if let ending, ending.on <= day {
            switch ending.kind {
            case .renewed, .upgraded: return .renewed
            case .ended: return .ended
            case .lapsed: return .lapsed
            }
        }
        if day < benefitsStartOn { return .upcoming }
        return day <= benefitsEndOn(portal: portal) ? .active : .lapsed
    }

    /// R33: the last day on which its tokens can be redeemed.
    public var tokensRedeemableThrough: CalendarDate {
        guard let ending else { return year.endsOn }
        return min(year.endsOn, ending.on.adding(days: -1))
    }
}

public typealias EnrollmentID = Identifier<Enrollment>
