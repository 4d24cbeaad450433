/// Product keys, activations and what a machine needs.
extension RuleCatalogue {
    static let r22 = RuleText(
        .r22,
        "Windows client licences are upgrades",
        """
        A machine can take a programme licence of Windows only on top of a qualifying one: XP Professional, Vista \
        Business, Windows 7 Professional or Windows 8 Pro, and no home edition. An activation of `windows-client` names \
        what the machine came with; any other licence is refused, and silence is warned of.
        """,
        commands: ["tokenctl key activate"],
        keywords: ["full", "computer", "PC", "operating system", "home edition", "eligible"]
    )

    static let r24 = RuleText(
        .r24,
        "A product key has a finite number of activations",
        """
        The Windows client, Windows Server and the Office applications have to be activated, and a key for them \
        carries a count. When the count is used up, another activation with that key is refused. Keys of other \
        products may come without a count, and then none is kept.
        """,
        commands: ["tokenctl key import", "tokenctl key activate", "tokenctl key list"],
        keywords: ["activate", "install", "remaining", "left", "which products", "times"]
    )

    static let r25 = RuleText(
        .r25,
        "With an Action Pack key, reinstalling on unchanged hardware is free",
        """
        Under an Action Pack, a machine that has not been seen before takes one activation, and so does a known \
        machine whose hardware fingerprint differs. A known machine with the same fingerprint takes none, however \
        often it is installed again.
        """,
        commands: ["tokenctl key activate"],
        keywords: ["activation", "reinstall", "reimage", "consume", "same computer"]
    )

    static let r26 = RuleText(
        .r26,
        "With a competency key, every activation counts",
        """
        Under a competency each activation takes one from the key, even on a machine that was only reimaged. Machines \
        for laboratories, classes and demonstrations that are rebuilt often should not be activated at all: use the \
        grace period after installation, and rearm it.
        """,
        commands: ["tokenctl key activate"],
        keywords: ["reinstall", "reimage", "consume", "lab", "rearm", "training room"]
    )

    static let r27 = RuleText(
        .r27,
        "KMS keys come from volume licensing only",
        """
        The programme issues no keys for a Key Management Service, so importing one as a programme key is refused. A \
        KMS key that the organisation has through a volume licence may activate programme licences, and can be \
        recorded with that source.
        """,
        commands: ["tokenctl key import"],
        keywords: ["KMS", "server", "obtain", "MAK"]
    )

    static let r28 = RuleText(
        .r28,
        "Keys and tokens look alike",
        """
        Each has 25 letters and digits in five groups, and only a registry that holds the code knows which one it is. \
        A product key offered for redemption is refused with the answer that it is a key, and a token offered for \
        activation with the answer that it is a token. Neither attempt uses anything up.
        """,
        commands: ["tokenctl redeem", "tokenctl key activate"],
        keywords: ["difference", "5x5", "25 characters", "code", "format"]
    )
}
