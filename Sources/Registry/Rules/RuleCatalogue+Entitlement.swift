/// What the organisation may use, and where: grants, maxima, sharing, and what changes between enrollments.
extension RuleCatalogue {
    static let r01 = RuleText(
        .r01,
        "Licences are for your own business, demonstrations and training only",
        """
        A programme licence serves the organisation's own business, showing products to customers, and training its \
        own people; evaluation is covered by MSDN. Work that is sold, such as hosting a customer's site or mail, \
        needs licences of another kind. An assignment with any other purpose is refused.
        """,
        commands: ["tokenctl seat assign", "tokenctl license assign"],
        keywords: ["revenue", "client", "commercial", "internal-use", "purpose", "allowed", "paid", "money"]
    )

    static let r02 = RuleText(
        .r02,
        "Use cannot exceed the maximum per country or the one worldwide",
        """
        Every product line has two ceilings: one for the internal use in any single country, one for that of all \
        countries together. An assignment that would exceed either is refused, even while granted licences are left. \
        With 500 per country, grants of 300 and 400 permit 500 in one country and 200 in the other, never 501.
        """,
        commands: ["tokenctl seat assign", "tokenctl license assign", "tokenctl user switch", "tokenctl statement"],
        keywords: ["cap", "limit", "ceiling"]
    )

    static let r03 = RuleText(
        .r03,
        "Licences are shared between headquarters and associated locations",
        """
        Licences can be lent across borders inside one organisation: between its headquarters and the locations \
        associated with it. A location that is not associated neither gives to the pool nor draws on it: it uses what \
        its own enrollments grant, within maxima of its own, and the seats of its own tokens, which nobody else may \
        hold. Nothing is ever shared with another organisation.
        """,
        commands: ["tokenctl location add", "tokenctl seat assign", "tokenctl license assign"],
        keywords: ["share", "office", "branch", "subsidiary", "unassociated", "other company"]
    )

    static let r04 = RuleText(
        .r04,
        "One company counts as one organisation",
        """
        All locations and enrollments of a company are added together before a maximum is applied. Enrolling its \
        offices separately raises no ceiling. The registry keeps them under one organisation id and sums there.
        """,
        commands: ["tokenctl org add", "tokenctl location add", "tokenctl enrollment add", "tokenctl statement"],
        keywords: ["entity", "several", "separate", "group"]
    )

    static let r05 = RuleText(
        .r05,
        "Action Pack licences stay in their country",
        """
        What an Action Pack grants can be used only in the country of the location that subscribed to it. What a \
        competency grants can be used in every country of the organisation. So 5 Action Pack seats of country Z help \
        nobody in X or Y, and the statement lists them as local to Z.
        """,
        commands: ["tokenctl seat assign", "tokenctl license assign", "tokenctl statement"],
        keywords: ["share", "abroad", "across", "countries", "subscription"]
    )

    static let r06 = RuleText(
        .r06,
        "Demonstration and training use is outside the maxima",
        """
        The ceilings per country and worldwide apply to internal use alone. Seats and licences assigned for \
        `demonstration` or `training` are left out of those sums, and the statement does not count them there.
        """,
        commands: ["tokenctl seat assign", "tokenctl license assign", "tokenctl statement"],
        keywords: ["demo", "cap", "limit", "bound"]
    )

    static let r07 = RuleText(
        .r07,
        "There are 12 months to upgrade, and no downgrade rights",
        """
        When a newer version of a product enters the programme, installations of the one before it have 12 months to \
        follow. Staying on an older version after that is not licensed. Neither MSDN benefits nor what the Learning \
        competency uses in training is bound by this. An administrator records when each version came, and the \
        registry lists what machines were activated with before, and until when that may stay.
        """,
        .advised,
        commands: ["tokenctl product installations", "tokenctl product list", "tokenctl product version"],
        keywords: ["previous", "old", "version", "downgrading"]
    )

    static let r08 = RuleText(
        .r08,
        "From Action Pack to a competency, both count until the first ends",
        """
        An organisation that earns a competency while its Action Pack still runs has both grants. Nothing needs to be \
        reinstalled and the keys in use stay good. On the day after the Action Pack's last day its grant is gone, and \
        what the competency gives remains.
        """,
        commands: ["tokenctl enrollment add", "tokenctl enrollment end", "tokenctl statement"],
        keywords: ["upgrade", "upgrading", "uninstall", "change"]
    )

    static let r09 = RuleText(
        .r09,
        "From silver to gold, the portal decides the fee and the new anniversary",
        """
        In Partner Membership Center the step costs the difference of the two fees, or the whole gold fee once the 90 \
        days before renewal have begun. In Partner Center gold comes 25% cheaper, and its anniversary is one year \
        after the day of purchase. Fees are not the registry's business; record the gold enrollment with its own \
        start date.
        """,
        .advised,
        commands: ["tokenctl enrollment add", "tokenctl enrollment end"],
        keywords: ["upgrade", "upgrading", "price", "cost", "discount", "pay"]
    )

    static let r10 = RuleText(
        .r10,
        "On-premises licences end with a competency that is lost",
        """
        Software installed under a competency is licensed through the last day of its year, and no longer unless the \
        competency is kept. From the renewal date on, the statement no longer counts what it granted, and on-premises \
        use may exceed what is left.
        """,
        commands: ["tokenctl renewal lapse", "tokenctl renewal plan", "tokenctl statement"],
        keywords: ["lose", "terminate", "installed", "software", "requirements"]
    )

    static let r11 = RuleText(
        .r11,
        "Additional Benefit Toolkits are for associated locations with a competency",
        """
        A toolkit (ABTK) goes to an associated location with one competency or more of its own; the headquarters can \
        never have one. A location gets a single set of core benefits, and they count towards the maxima. Toolkits \
        are retired: the last were bought from November 2017 to October 2018, and a later start is refused.
        """,
        commands: ["tokenctl enrollment add"],
        keywords: ["ABTK", "buy", "purchase"]
    )

    static let r12 = RuleText(
        .r12,
        "What is earned during the year adds up to the maximum",
        """
        A grant that arrives in mid-year raises the entitlement at once, as far as the country and worldwide maxima \
        leave room. The part that does not fit is never granted. Enrollment and statement show it as `clipped`, \
        beside what was earned.
        """,
        commands: ["tokenctl enrollment add", "tokenctl enrollment show", "tokenctl statement"],
        keywords: ["additional", "new competency", "benefits", "lost", "clip"]
    )

    static let r49 = RuleText(
        .r49,
        "Without a stated maximum it is 5 times the grant per country, 15 times worldwide",
        """
        The programme catalogue may name both ceilings of a product line. Where it names none, they are 5 times the \
        initial grant for a country and 15 times for the world. So an initial grant of 100 permits 500 and 1,500.
        """,
        commands: ["tokenctl program show", "tokenctl program import", "tokenctl statement"],
        source: .laterDocumentation,
        keywords: ["default", "cap", "limit", "multiple", "calculate"]
    )
}
