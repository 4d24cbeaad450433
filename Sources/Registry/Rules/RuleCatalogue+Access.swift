/// Who may see and do what, and what must be kept on record.
extension RuleCatalogue {
    static let r13 = RuleText(
        .r13,
        "Downloads and cloud services need a grant",
        """
        The programme administrator decides, person by person, who may download software (`software`) and who may \
        redeem, sign up and assign (`cloud`). Without such a grant the request is denied, and the denial is recorded. A \
        grant can be given an end, and runs through that day.
        """,
        commands: ["tokenctl access grant", "tokenctl access revoke", "tokenctl redeem", "tokenctl seat assign"],
        keywords: ["permission", "rights", "who", "people", "colleague access", "download", "allow"]
    )

    static let r14 = RuleText(
        .r14,
        "Only those granted it see the licence statement",
        """
        The statement of what an organisation is entitled to and uses is shown to holders of the `statement` \
        permission and to administrators. Anyone else is denied, and the ledger says who asked.
        """,
        commands: ["tokenctl access grant", "tokenctl statement"],
        keywords: ["permission", "entitlement", "view", "where"]
    )

    static let r15 = RuleText(
        .r15,
        "Only those granted it see product keys and tokens",
        """
        Codes are shown masked to everybody, with only the last group readable. Revealing one takes the `keys` \
        permission, and every reveal is recorded in the ledger, even a refused one.
        """,
        commands: ["tokenctl access grant", "tokenctl token reveal", "tokenctl key reveal"],
        keywords: ["permission", "secret", "code", "view", "hidden", "where", "find", "masked"]
    )

    static let r16 = RuleText(
        .r16,
        "Everyone with access sees the same keys and tokens",
        """
        Codes belong to the organisation, none of them to a person. Two people who both hold the `keys` permission \
        get the same list, whoever imported it and whoever is asking.
        """,
        commands: ["tokenctl token list", "tokenctl key list"],
        keywords: ["own", "personal", "unique", "individual", "each user", "set"]
    )

    static let r17 = RuleText(
        .r17,
        "Physical media come to some countries only, and hold core products only",
        """
        Discs can be ordered only where the country offers them, and only for core products such as Windows, Windows \
        Server, SQL Server and the Office applications. Ordered in mid-year, the fee is charged for the part of the \
        enrollment that is left. Everything on a disc can also be downloaded; the registry prorates the fee, refuses \
        other products, and keeps no orders.
        """,
        commands: ["tokenctl media quote"],
        keywords: ["DVD", "disc", "order", "shipping", "prorated"]
    )

    static let r19 = RuleText(
        .r19,
        "The organisation keeps its own record of use",
        """
        Nobody else counts the seats and licences that an organisation has used, and an organisation without records \
        is out of compliance. Each change is therefore a new row of a ledger, and no row is ever altered. Every \
        figure of a statement can be traced from it, even for a past day.
        """,
        commands: ["tokenctl statement", "tokenctl audit log", "tokenctl audit verify"],
        keywords: ["track", "consumed", "consumption", "how many", "compliance", "history", "count"]
    )
}
