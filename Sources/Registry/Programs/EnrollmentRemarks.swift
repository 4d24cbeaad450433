/// What should be known of an enrollment, though nothing is wrong with the records.
extension RegistryReading {
    /// R11, R12, R44: of each enrollment that is in force on `day`, by their first days.
    func remarks(on history: GrantHistory, day: CalendarDate) throws -> [EnrollmentRemark] {
        let organization = history.organization
        let held = try enrollments(of: organization.id).filter { $0.isInForce(on: day, portal: organization.portals) }
        return try held.flatMap { enrollment -> [EnrollmentRemark] in
            let warnings =
                [enrollment.restsOnNothing(among: held)].compactMap(\.self)
                + (try issuedSeats(of: enrollment, history: history, asOf: day).warnings(of: enrollment.id))
            return warnings.map { EnrollmentRemark(enrollmentID: enrollment.id, warning: $0) }
        }
    }
}

/// A warning about an enrollment.
public struct EnrollmentRemark: Hashable, Sendable {
    public let enrollmentID: EnrollmentID
    public let warning: Warning
}

extension Enrollment {
    /// R11, R44, R57: the warning that what it needs has ended; nil while it is there, and for what needs nothing.
    ///
    /// - Parameter inForce: all that the organisation holds on the day.
    func restsOnNothing(among inForce: [Enrollment]) -> Warning? {
        guard !traits.needs.isEmpty else { return nil }
        let isThere = inForce.contains { other in
            traits.needs.contains(other.traits.standing)
                && (traits.needsAt == .anywhere || other.locationID == locationID)
        }
        guard !isThere else { return nil }
        let rule: Rule =
            switch (traits.needsAt, traits.standing) {
            case (.ownLocation, _): .r11
            case (.anywhere, .specialization): .r57
            case (.anywhere, _): .r44
            }
        let place = traits.needsAt == .ownLocation ? " of its own location" : ""
        let needs = "it needs an active \(traits.neededWords)\(place)"
        return Warning(
            code: "enrollment.rests-on-nothing",
            rule: rule,
            detail: "\(id) rests on nothing: \(needs), and there is none any more."
        )
    }
}
