/// R46: whether a token that was redeemed wrongly may be replaced.
public enum Replacement {
    /// Days after the activation on which it is still possible, the thirtieth included.
    public static let days = 30

    /// What is known of the token that is to be replaced.
    public struct Original: Hashable, Sendable {
        /// How people name it: its number or masked code.
        public let token: String
        /// The day of its redemption; nil while it is unredeemed.
        public let activatedOn: CalendarDate?
        /// The token that replaced it already.
        public let replacedBy: String?
        /// The token that it replaced itself.
        public let replaces: String?

        public init(token: String, activatedOn: CalendarDate?, replacedBy: String?, replaces: String?) {
            self.token = token
            self.activatedOn = activatedOn
            self.replacedBy = replacedBy
            self.replaces = replaces
        }
    }

    /// R46: once, through the thirtieth day after its activation, and never a replacement itself.
    ///
    /// - Returns: or `token.already-replaced`; `replacement.not-allowed` for a replacement, an unredeemed token and a
    ///   late day; `date.too-early` for a day before the activation.
    public static func check(_ original: Original, on day: CalendarDate) -> Result<Void, Refusal> {
        let token = original.token
        if let replacement = original.replacedBy {
            return refuse(
                .tokenAlreadyReplaced,
                "Token \(token) was replaced by \(replacement); a token can be replaced once.",
                original,
                ["replacedBy": replacement]
            )
        }
        if let replaced = original.replaces {
            return refuse(
                .replacementNotAllowed,
                "Token \(token) replaced \(replaced); a replacement cannot be replaced.",
                original,
                ["replaces": replaced]
            )
        }
        guard let activatedOn = original.activatedOn else {
            return refuse(
                .replacementNotAllowed,
                "Token \(token) is not redeemed, so there is nothing to put right: redeem it on the right tenant.",
                original
            )
        }
        if day < activatedOn {
            return refuse(
                .dateTooEarly,
                "Token \(token) was activated on \(activatedOn), and cannot be replaced before, on \(day).",
                original,
                ["activatedOn": activatedOn]
            )
        }
        let lastDay = activatedOn.adding(days: days)
        if day > lastDay {
            return refuse(
                .replacementNotAllowed,
                "Token \(token) was activated on \(activatedOn) and could be replaced through \(lastDay), "
                    + "within \(days) days.",
                original,
                ["activatedOn": activatedOn, "replaceableThrough": lastDay]
            )
        }
        return .success(())
    }

    private static func refuse(
        _ code: RefusalCode,
        _ detail: String,
        _ original: Original,
        _ facts: Refusal.Facts = [:]
    ) -> Result<Void, Refusal> {
        .failure(Refusal(code, rule: .r46, detail, facts: ["token": original.token] + facts))
    }
}
