import TimeZones

/// The IANA time zone that an organisation declares; it decides which day an instant belongs to.
public struct OrganizationTimeZone: Hashable, Sendable {
    /// The IANA name, such as `Europe/Berlin`; `UTC` by default.
    public let identifier: String
    private let zone: Zone

    public static let utc = OrganizationTimeZone(identifier: "UTC", zone: .utc)

    /// Nil when the time zone database has no zone of this name.
    public init?(_ identifier: String) {
        if identifier == "UTC" {
            self = .utc
            return
        }
        // Abbreviations ("CET", "PST8") pass the lookup but are no zones with a daylight-saving history.
        guard identifier.contains("/"), let zone = ZoneDatabase.system.zone(named: identifier) else { return nil }
        self.identifier = identifier
        self.zone = zone
    }

    private init(identifier: String, zone: Zone) {
        self.identifier = identifier
        self.zone = zone
    }

    /// A zone by the name that was stored.
    /// - Throws: `Refusal` with `time-zone.unknown` when this machine does not know it. No other zone takes its place,
    ///   since every day would be another one.
    public init(stored identifier: String) throws(Refusal) {
        guard let known = OrganizationTimeZone(identifier) else {
            throw Refusal(
                .timeZoneUnknown,
                "This machine does not know the time zone \(quoted(identifier)), in which the registry counts an "
                    + "organisation's days. Bring its time zone database (tzdata) up to date.",
                facts: ["timeZone": identifier]
            )
        }
        self = known
    }

    /// The day that `instant` falls on in this zone.
    public func day(of instant: Instant) -> CalendarDate {
        let seconds = instant.secondsSinceEpoch
        let local = seconds + Int64(zone.offset(at: seconds))
        return CalendarDate(daysSinceEpoch: Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400))
    }

    /// The last microsecond of `day` in this zone, also where daylight saving lengthens or shortens it.
    public func end(of day: CalendarDate) -> Instant {
        // The next day begins within 26 hours of its midnight in UTC; narrow that down to the second.
        let utcMidnight = Int64(day.daysSinceEpoch + 1) * 86_400
        var low = utcMidnight - 26 * 3_600
        var high = utcMidnight + 26 * 3_600
        while low + 1 < high {
            let middle = (low + high) / 2
            if self.day(of: Instant(microsecondsSinceEpoch: middle * 1_000_000)) <= day {
                low = middle
            } else {
                high = middle
            }
        }
        return Instant(microsecondsSinceEpoch: high * 1_000_000 - 1)
    }
}

extension OrganizationTimeZone: TextValue {
    public static let form = TextForm(
        "it is the name of a time zone, such as Europe/Berlin, or UTC",
        describedAs: "A time zone of the IANA database.",
        example: "Europe/Berlin",
        suggestions: CountryCode.zones.values.flatMap { $0 }.sorted()
    )

    public var description: String { identifier }
}
