/// R09: what an organisation pays to go from a silver to a gold competency, and its anniversary after it.
public struct GoldUpgrade: Hashable, Sendable {
    /// In the currency's minor unit, such as cents.
    public let amountDue: Int
    public let anniversary: CalendarDate

    /// R09: Partner Membership Center takes the difference, or the whole gold fee when the purchase falls into the 90
    /// days of renewal; the anniversary stays. Partner Center takes 25% off the gold offer's price, rounded to the
    /// nearest minor unit, halves up; the anniversary is one year from the purchase.
    ///
    /// - Parameters:
    ///   - silverFee: in minor units, at least 0; needed only for the difference at Partner Membership Center.
    ///   - goldFee: in minor units, at least 0.
    ///   - year: the silver competency's.
    /// - Returns: or `input.invalid` for a negative fee or a silver fee that is needed and missing, `date.too-early` for a
    ///   purchase before the silver year, and `enrollment.ended` for one after its benefits.
    public static func quote(
        at portals: PortalHistory,
        silverFee: Int?,
        goldFee: Int,
        purchasedOn: CalendarDate,
        year: ProgramYear,
        length: YearLength = .calendar
    ) -> Result<GoldUpgrade, Refusal> {
        guard silverFee ?? 0 >= 0, goldFee >= 0 else {
            return .failure(Refusal(.inputInvalid, rule: .r09, "A fee cannot be less than zero."))
        }
        guard purchasedOn >= year.startsOn else {
            return .failure(
                Refusal(
                    .dateTooEarly,
                    rule: .r09,
                    "An upgrade on \(purchasedOn) is not possible: the silver competency begins on \(year.startsOn)."
                )
            )
        }
        let window = RenewalWindow(of: year, at: portals)
        let lastDay = window.benefitsContinueThrough()
        guard purchasedOn <= lastDay else {
            return .failure(
                Refusal(
                    .enrollmentEnded,
                    rule: .r09,
                    "An upgrade on \(purchasedOn) is not possible: the silver competency's benefits ended on "
                        + "\(lastDay)."
                )
            )
        }
        switch portals.portal(on: purchasedOn) {
        case .membershipCenter:
            let inRenewal = window.phase(on: purchasedOn) == .open
            if inRenewal { return .success(GoldUpgrade(amountDue: goldFee, anniversary: year.anniversary)) }
            guard let silverFee else {
                return .failure(
                    Refusal(
                        .inputInvalid,
                        rule: .r09,
                        "The silver fee is missing: Partner Membership Center takes the difference between the two fees "
                            + "on \(purchasedOn).",
                        facts: ["field": "silverFee"]
                    )
                )
            }
            return .success(
                GoldUpgrade(amountDue: max(0, goldFee - silverFee), anniversary: year.anniversary)
            )
        case .partnerCenter:
            // A quarter off; of four parts of a minor unit, two are rounded up and three off the price make one.
            let discount = goldFee / 4 + (goldFee % 4 == 3 ? 1 : 0)
            return .success(
                GoldUpgrade(amountDue: goldFee - discount, anniversary: length.anniversary(of: purchasedOn))
            )
        }
    }
}

extension GoldUpgrade {
    /// R09: the quote for an enrollment.
    ///
    /// - Throws: `program.not-available` for another programme than silver, `enrollment.ended` for one that has ended,
    ///   and what ``quote(at:silverFee:goldFee:purchasedOn:year:length:)`` refuses.
    static func quote(
        of enrollment: Enrollment,
        organization: Organization,
        silverFee: Int?,
        goldFee: Int,
        purchasedOn day: CalendarDate
    ) throws -> GoldUpgrade {
        guard enrollment.traits.upgradesTo != nil else {
            throw Refusal(
                .programNotAvailable,
                rule: .r09,
                "\(enrollment.id) is an enrollment in \(enrollment.programID); only a silver competency goes to gold.",
                facts: ["enrollmentId": enrollment.id]
            )
        }
        if let ending = enrollment.ending, ending.on <= day {
            throw Refusal(
                .enrollmentEnded,
                rule: .r09,
                "\(enrollment.id) has been \(ending.kind.rawValue) since \(ending.on); there is nothing to upgrade.",
                facts: ["enrollmentId": enrollment.id]
            )
        }
        return try quote(
            at: organization.portals,
            silverFee: silverFee,
            goldFee: goldFee,
            purchasedOn: day,
            year: enrollment.year,
            length: organization.yearLength
        ).get()
    }
}
