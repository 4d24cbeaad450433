/// When an enrollment can be renewed, and when its programme year is lost.
public enum RenewalTiming {
    /// R33: a renewal is applied in its window: not before it opens, and not after it has closed.
    ///
    /// - Returns: or `renewal.not-due` before the window, `renewal.window-closed` after it, and `enrollment.ended` for
    ///   an enrollment that has an ending.
    public static func check(_ enrollment: Enrollment, portal: PortalHistory, on day: CalendarDate) -> Result<
        Void, Refusal
    > {
        if let ended = ended(enrollment) { return .failure(ended) }
        let window = RenewalWindow(of: enrollment.year, at: portal)
        let facts = facts(enrollment, window)
        switch window.phase(on: day) {
        case .open:
            return .success(())
        case .upcoming:
            return .failure(
                Refusal(
                    .renewalNotDue,
                    rule: .r33,
                    "\(enrollment.id) cannot be renewed on \(day): its window is open from \(window.opensOn) through "
                        + "\(window.closesOn).",
                    facts: facts
                )
            )
        case .closed:
            return .failure(
                Refusal(
                    .renewalWindowClosed,
                    rule: .r35,
                    "\(enrollment.id) cannot be renewed on \(day): its window closed on \(window.closesOn), and it has "
                        + "lapsed. If it was renewed in time, record that with its date; otherwise record the lapse.",
                    facts: facts
                )
            )
        }
    }

    /// R10, R35: an enrollment lapses from its anniversary on.
    ///
    /// - Returns: or `renewal.not-due` for an earlier day, and `enrollment.ended` for an enrollment that has an ending.
    public static func checkLapse(_ enrollment: Enrollment, portal: PortalHistory, on day: CalendarDate) -> Result<
        Void, Refusal
    > {
        if let ended = ended(enrollment) { return .failure(ended) }
        guard day >= enrollment.year.anniversary else {
            return .failure(
                Refusal(
                    .renewalNotDue,
                    rule: .r35,
                    "\(enrollment.id) cannot lapse on \(day): its year runs through \(enrollment.year.endsOn). "
                        + "To give up an enrollment during its year, end it.",
                    facts: facts(enrollment, RenewalWindow(of: enrollment.year, at: portal))
                )
            )
        }
        return .success(())
    }

    /// R33: the day on which the renewal takes the closing year's place: never before its anniversary, nor before the
    /// next year begins, so that no day is lost.
    public static func endingDay(appliedOn day: CalendarDate, closing: ProgramYear, next: ProgramYear) -> CalendarDate {
        max(day, closing.anniversary, next.startsOn)
    }

    /// R33: the first day on which the closing year's tokens that nobody redeemed are void. A renewal applied before it
    /// voids nothing yet.
    public static func voidDay(of closing: ProgramYear) -> CalendarDate { closing.anniversary }

    private static func ended(_ enrollment: Enrollment) -> Refusal? {
        guard let ending = enrollment.ending else { return nil }
        return Refusal(
            .enrollmentEnded,
            "The enrollment \(enrollment.id) has been \(ending.kind.rawValue) since \(ending.on).",
            facts: ["enrollmentId": enrollment.id, "organizationId": enrollment.organizationID, "endedOn": ending.on]
        )
    }

    private static func facts(_ enrollment: Enrollment, _ window: RenewalWindow) -> Refusal.Facts {
        [
            "enrollmentId": enrollment.id, "organizationId": enrollment.organizationID, "windowOpensOn": window.opensOn,
            "windowClosesOn": window.closesOn,
        ]
    }
}
