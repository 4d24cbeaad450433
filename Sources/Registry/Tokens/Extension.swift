/// R48: what extending a tenant's seats by a token does: the same seats, for more months.
public struct Extension: Hashable, Sendable {
    public let keySeats: Int
    public let activeSeats: Int
    /// 1 to 36.
    public let months: Int

    /// R48: `key seats × 12 ÷ active seats` whole months, what is left over being lost.
    ///
    /// - Returns: or `extension.not-possible` when there are no active seats, when the token has more than three times
    ///   as many (and so would give more than 36 months), or so few that it does not give a month.
    public static func of(activeSeats: Int, byKeySeats keySeats: Int) -> Result<Extension, Refusal> {
        guard activeSeats > 0 else {
            return refuse(keySeats, activeSeats, "there are no active seats to extend")
        }
        guard keySeats <= activeSeats.clampedProduct(3) else {
            return refuse(keySeats, activeSeats, "a token can have at most three times the active seats")
        }
        // Never more than 36, since the token has at most three times the seats.
        let months = keySeats > 0 ? activeSeats.dividingFullWidth(keySeats.multipliedFullWidth(by: 12)).quotient : 0
        guard months > 0 else {
            return refuse(keySeats, activeSeats, "that is not enough for one month")
        }
        return .success(Extension(keySeats: keySeats, activeSeats: activeSeats, months: months))
    }

    /// The service end after it.
    public func serviceEnd(after current: CalendarDate) -> CalendarDate {
        current.adding(months: months)
    }

    /// R37: the choice is to add seats. Extending is refused with what it would have done (`intent.not-allowed`),
    /// unless the administrator overrides R37; what R48 makes impossible stays so (`extension.not-possible`).
    ///
    /// - Parameters:
    ///   - serviceEndsOn: of the seats that would be extended.
    ///   - isOverridden: the administrator names R37 as overridden, as a portal has done it already.
    public static func decide(
        activeSeats: Int,
        keySeats: Int,
        serviceEndsOn: CalendarDate?,
        isOverridden: Bool
    ) -> Result<Extension, Refusal> {
        let outcome = of(activeSeats: activeSeats, byKeySeats: keySeats)
        if isOverridden { return outcome }

        var facts: Refusal.Facts = ["keySeats": keySeats, "activeSeats": activeSeats]
        let effect: String
        switch outcome {
        case .success(let outcome):
            effect = outcome.sentence(serviceEndsOn: serviceEndsOn)
            facts = facts + ["months": outcome.months]
            if let serviceEndsOn {
                facts = facts + ["serviceEndsOn": outcome.serviceEnd(after: serviceEndsOn)]
            }
        case .failure(let refusal):
            effect = refusal.detail
        }
        return .failure(
            Refusal(
                .intentNotAllowed,
                rule: .r37,
                "A token of the programme adds seats, and extending was asked for. \(effect) "
                    + "Redeem it to add seats; if a portal has already extended, override R37 to record it.",
                facts: facts
            )
        )
    }

    /// What it would have done, for the one who is refused it.
    public func sentence(serviceEndsOn: CalendarDate?) -> String {
        let until = serviceEndsOn.map { ", from \($0) to \(serviceEnd(after: $0))" } ?? ""
        return "It would have moved the end of service by \(months) \(months == 1 ? "month" : "months")\(until), "
            + "and left the number of seats at \(activeSeats)."
    }

    /// What it would do, for the one who has not chosen yet.
    func prospect(serviceEndsOn: CalendarDate?) -> String {
        let until = serviceEndsOn.map { ", from \($0) to \(serviceEnd(after: $0))" } ?? ""
        return
            "Extending moves the end of service by \(months) \(months == 1 ? "month" : "months")\(until), and leaves the "
            + "number of seats at \(activeSeats) (R48)."
    }

    private static func refuse(_ keySeats: Int, _ activeSeats: Int, _ why: String) -> Result<Extension, Refusal> {
        .failure(
            Refusal(
                .extensionNotPossible,
                rule: .r48,
                "A token of \(keySeats) seats cannot extend \(activeSeats) active seats: \(why).",
                facts: ["keySeats": keySeats, "activeSeats": activeSeats]
            )
        )
    }
}
