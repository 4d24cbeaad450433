/// What an administrator should know before asking.
public enum NoticeKind: String, Choice {
    public static let summary = "What a notice tells of."

    /// R32: users who hold a seat without the right to it.
    case seatsUnlicensed = "seats-unlicensed"
    /// R02, R05, R41: more is used than a maximum or the entitlement allows.
    case overUse = "over-use"
    /// R11, R44: an enrollment that rests on something that ended.
    case restsOnNothing = "rests-on-nothing"
    /// R32, R47: seats that end, and nothing that was redeemed takes their place.
    case seatsLapse = "seats-lapse"
    /// R33: tokens that nobody redeemed, and their last day.
    case tokensUnredeemed = "tokens-unredeemed"
    /// R33, R35: an enrollment to renew.
    case renewalDue = "renewal-due"
    /// R24: keys with few activations left.
    case keysRunningOut = "keys-running-out"
    /// R02: use near a maximum, in a country or worldwide.
    case nearMaximum = "near-maximum"
    /// Seats that nobody holds, before their renewal.
    case seatsIdle = "seats-idle"
    /// R46: redemptions that can be put right for a few days more.
    case replacementCloses = "replacement-closes"
}

/// How much a notice matters.
public enum NoticeSeverity: String, Choice, Comparable {
    public static let summary = "How much a notice matters."

    /// Something is wrong already.
    case error
    /// Something is lost unless somebody acts.
    case warning
    /// Worth knowing.
    case notice

    /// What matters most comes first.
    public static func < (left: NoticeSeverity, right: NoticeSeverity) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}
