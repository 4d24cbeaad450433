/// Tokens, what redeeming one makes, and how long it lasts.
extension RuleCatalogue {
    static let r29 = RuleText(
        .r29,
        "A token is redeemed at most once",
        """
        One redemption uses a token up for good; neither a restart nor a restored backup brings it back. A second try \
        is refused, names the day and the tenant of the first, and is kept in the ledger. When several people race \
        for the same code, exactly one of them gets it.
        """,
        commands: ["tokenctl redeem", "tokenctl token show"],
        keywords: ["times", "twice", "again", "reuse", "second", "single-use", "often"]
    )

    static let r30 = RuleText(
        .r30,
        "Tokens may go to several tenants",
        """
        An organisation with more than one tenant can spread its tokens over them in any way it likes. Each token \
        goes to one tenant as a whole, and the tenant must belong to the organisation that was issued the token.
        """,
        commands: ["tokenctl redeem", "tokenctl tenant list"],
        keywords: ["multiple", "different", "spread", "distribute", "domains"]
    )

    static let r31 = RuleText(
        .r31,
        "Seats never move to another tenant",
        """
        A seat stays for its whole life on the tenant where its token was redeemed. No command, request or database \
        statement changes that, and asking for it is refused. What remains is to redeem an unused token on the other \
        tenant, or a replacement within 30 days (R46).
        """,
        commands: ["tokenctl redeem", "tokenctl seat list"],
        keywords: ["transfer", "migrate", "relocate", "reassign", "merge"]
    )

    static let r32 = RuleText(
        .r32,
        "Rights to use end with the programme year",
        """
        Through the last day of the year a redeemed seat is licensed. Its tenant may go on giving access after that, \
        but the right has ended: such seats are shown as unlicensed, and nobody new can be assigned to one.
        """,
        commands: ["tokenctl seat list", "tokenctl seat assign", "tokenctl statement"],
        keywords: ["expire", "lose access", "still works", "enrollment ends", "after", "unlicensed"]
    )

    static let r33 = RuleText(
        .r33,
        "Each renewal brings new tokens, and they must be redeemed",
        """
        A renewal issues a fresh set, sized by the entitlement of that day; whoever does not redeem it loses service. \
        The last day for a token is the last of its own programme year. What is left over then is void, and applying \
        the renewal voids it at once.
        """,
        commands: ["tokenctl renewal plan", "tokenctl renewal apply", "tokenctl redeem", "tokenctl token list"],
        keywords: [
            "period", "deadline", "expire", "annual", "yearly", "every year", "interruption", "continue", "keep",
            "void",
        ]
    )

    static let r34 = RuleText(
        .r34,
        "Benefits earned in mid-year bring more tokens",
        """
        A further competency or toolkit adds tokens to the ones already there, in the current programme year. They \
        stop where the maxima stop (R12): seats that were clipped get no token. Redeem them by adding seats.
        """,
        commands: ["tokenctl enrollment add", "tokenctl token list"],
        keywords: ["additional", "extra", "new competency", "receive"]
    )

    static let r35 = RuleText(
        .r35,
        "If you do not renew, seats have to be bought",
        """
        Without a renewal no new tokens come, and whoever should keep working needs seats bought through a volume \
        licensing specialist. Recording the lapse lists all that ends with it: tokens, tenants, seats, users and \
        days.
        """,
        .advised,
        commands: ["tokenctl renewal lapse", "tokenctl renewal plan", "tokenctl renewal due"],
        keywords: ["lapse", "stop", "renewal", "leave", "programme", "purchase", "happens"]
    )

    static let r37 = RuleText(
        .r37,
        "Redeeming adds seats; it does not extend",
        """
        The right choice is *add seats*: at the first redemption, at the one after each renewal, and for tokens \
        earned in between. *Extend* is refused with the months it would have given. If a portal has already done it, \
        `--override R37` records what happened.
        """,
        commands: ["tokenctl redeem"],
        keywords: ["choose", "option", "intent", "extension", "longer", "portal"]
    )

    static let r45 = RuleText(
        .r45,
        "A token cannot be split",
        """
        All seats of a token arrive on the tenant that it is redeemed on; there is no redeeming 10 of 25. Where two \
        tenants need seats, each needs a token of its own, which is why a renewal plan places whole tokens.
        """,
        commands: ["tokenctl redeem", "tokenctl renewal plan"],
        source: .laterDocumentation,
        keywords: ["divide", "part", "partial", "half", "some", "share"]
    )

    static let r46 = RuleText(
        .r46,
        "A mistaken redemption may be replaced once, within 30 days",
        """
        If a token went to the wrong tenant or was used to extend by mistake, a replacement code may take its place \
        up to 30 days after the activation. The seats of the first end, and the second is linked to it. A replacement \
        cannot be replaced again.
        """,
        commands: ["tokenctl token replace", "tokenctl token show"],
        source: .laterDocumentation,
        keywords: ["wrong", "undo", "mistake", "error", "reverse", "cancel"]
    )

    static let r47 = RuleText(
        .r47,
        "A redemption ends twice: first the rights, then the service",
        """
        The right to use ends with the programme year, which may be soon after a late redemption. Service runs for 12 \
        months from the day of redemption. Both days are given, as `rightsEndOn` and `serviceEndsOn`.
        """,
        commands: ["tokenctl redeem", "tokenctl seat list"],
        source: .laterDocumentation,
        keywords: ["how long", "duration", "last", "expiry", "months", "date"]
    )

    static let r48 = RuleText(
        .r48,
        "Extending would turn a key's seats into months",
        """
        Extending keeps the number of seats and adds time: the key's seats times 12, divided by the active seats, and \
        at most 36 months. A key of 25 gives 100 active seats 3 months more, one of 100 gives them 12. A key of more \
        than 3 times the active seats is refused.
        """,
        commands: ["tokenctl redeem"],
        source: .laterDocumentation,
        keywords: ["extend", "extension", "formula", "calculate", "longer", "term"]
    )

    static let r50 = RuleText(
        .r50,
        "After its service ends a seat is 30 days in warning, 90 suspended, then deleted",
        """
        A seat block whose service has ended is in `warning` for 30 days, and users still get in. During the next 90 \
        it is `suspended`, and only administrators do. After those 120 days it is `deleted`.
        """,
        commands: ["tokenctl seat list", "tokenctl renewal due"],
        source: .laterDocumentation,
        keywords: ["grace", "data", "expired", "disabled", "lifecycle", "status", "lose"]
    )
}
