/// Tenants, services, and the choice between the cloud and one's own servers.
extension RuleCatalogue {
    static let r18 = RuleText(
        .r18,
        "The organisation chooses cloud or on-premises for each user",
        """
        An office-suite licence is used in one of two ways: as an Office 365 E3 seat, or as Office Professional Plus \
        with the SharePoint, Lync and Exchange CALs. The organisation decides this for each user. Both ways draw on \
        the same entitlement.
        """,
        commands: ["tokenctl seat assign", "tokenctl license assign", "tokenctl user show", "tokenctl statement"],
        keywords: ["choose", "choice", "either", "online", "local"]
    )

    static let r20 = RuleText(
        .r20,
        "An MSDN subscription is for one person, and not for client work",
        """
        An MSDN subscription of the programme belongs to one named person and includes the right to evaluate \
        software. Building something for a paying client is not covered, unlike with a subscription bought at retail. \
        An assignment of `msdn` with such a purpose, or a second one for the same person, is refused.
        """,
        commands: ["tokenctl license assign", "tokenctl license list"],
        keywords: ["Visual Studio", "developer", "customer project", "evaluation", "trial"]
    )

    static let r21 = RuleText(
        .r21,
        "Selected licences may run on virtual machines elsewhere, for your own staff only",
        """
        Some licences, not all, may be installed in virtual machines that Azure or an authorised mobility partner \
        hosts. Nobody but the organisation's own people may have access to such a machine, and an activation there \
        that does not say so is refused. Which licences are meant is in the product usage guide, which the registry \
        cannot check.
        """,
        commands: ["tokenctl key activate"],
        keywords: ["VM", "host", "hoster's hardware", "datacenter", "hypervisor"]
    )

    static let r23 = RuleText(
        .r23,
        "The Learning competency may train others",
        """
        Partners with the Learning competency may use their licences to give training that is paid for. Others train \
        only their own people. Training licences have no 12-month upgrade duty (R07) and stay outside the maxima \
        (R06).
        """,
        .advised,
        commands: ["tokenctl enrollment add", "tokenctl license assign"],
        keywords: ["classroom", "course", "commercial", "teach", "students"]
    )

    static let r36 = RuleText(
        .r36,
        "Intune has no tokens",
        """
        Intune seats are switched on by signing up for the service under the enrollment that grants them: 5 for an \
        Action Pack, 25 for silver, 100 for gold. No code for Intune is ever issued, and there is nothing to redeem. A \
        sign-up that names no enrollment is refused, and so is a second one for the same grant.
        """,
        commands: ["tokenctl tenant signup"],
        keywords: ["sign up", "activate", "device management", "get"]
    )

    static let r38 = RuleText(
        .r38,
        "One Azure credit for each organisation",
        """
        The monthly Azure credit is given once, and a second Action Pack or a toolkit adds nothing to it. The \
        statement shows a single `azure-credit`, whatever number of enrollments grants one.
        """,
        commands: ["tokenctl enrollment add", "tokenctl statement"],
        keywords: ["multiple subscriptions", "double", "dollars", "money", "more"]
    )

    static let r39 = RuleText(
        .r39,
        "Bought Office 365 seats may share a tenant with programme seats if E or K",
        """
        Office 365 seats bought elsewhere can be on the tenant of programme seats if they are of an enterprise (E1 to \
        E5) or kiosk (K) plan. Business, P, M, academic, government and single plans cannot, and the check is made \
        from both sides. Intune, CRM, EMS and Azure AD are not Office 365 and always fit. A SKU missing from the \
        catalogue is refused until it is imported.
        """,
        commands: ["tokenctl tenant add-subscription", "tokenctl redeem", "tokenctl sku show", "tokenctl sku import"],
        keywords: [
            "mix", "combine", "same tenant", "purchased", "Business Premium", "Business Essentials", "compatible",
            "together", "ENTERPRISEPACK",
        ]
    )

    static let r40 = RuleText(
        .r40,
        "There are five ways to more seats when they run out",
        """
        There are five: a further Action Pack or toolkit, a further competency, meeting the sales requirements, seats \
        at the partner discount, and volume licensing. A refusal for lack of seats names those that this organisation \
        can take, the retired toolkit not among them.
        """,
        .advised,
        commands: ["tokenctl seat assign", "tokenctl redeem", "tokenctl statement"],
        keywords: ["more", "obtain", "buy", "additional", "need", "exhausted", "enough"]
    )

    static let r41 = RuleText(
        .r41,
        "Users may switch between cloud and on-premises at any time",
        """
        A switch is a single step: the Office licence and its three CALs come or go with the seat, and a half-done \
        switch cannot occur. A file of switches is one step as well, and one bad row stops them all. Afterwards the \
        sum of both kinds of use must be within the entitlement.
        """,
        commands: ["tokenctl user switch", "tokenctl user show"],
        keywords: ["change", "convert", "move users", "back", "when"]
    )

    static let r42 = RuleText(
        .r42,
        "Your own servers may go on with CALs bought elsewhere",
        """
        Once every cloud seat is taken, people may still use the programme's servers if their CALs were bought \
        through another channel. Record such a licence with `--source`, saying where it came from. It does not count \
        against the entitlement.
        """,
        commands: ["tokenctl license assign", "tokenctl license list"],
        keywords: ["client access license", "on-premises", "purchase", "Exchange", "SharePoint"]
    )

    static let r43 = RuleText(
        .r43,
        "The first sign-up makes the Organization Account",
        """
        Whichever cloud service comes first, its sign-up asks for the organisation's details and its domain, and \
        creates the tenant. Later services should be added by the same administrator account. A sign-up by another one \
        goes through, with a warning that is recorded.
        """,
        .advised,
        commands: ["tokenctl tenant signup", "tokenctl tenant show"],
        keywords: ["admin", "directory", "create", "what is", "Azure AD"]
    )

    static let r44 = RuleText(
        .r44,
        "Cloud Accelerate needs an Action Pack or a competency, and grants nothing",
        """
        An enrollment in Cloud Accelerate is accepted only while an Action Pack or a competency of the organisation \
        is active. It brings no licence and no token of its own. Internal use rests on the other enrollment.
        """,
        commands: ["tokenctl enrollment add"],
        keywords: ["join", "enroll", "requirement", "licenses"]
    )

    static let r51 = RuleText(
        .r51,
        "A domain belongs to one tenant",
        """
        A registered domain names a single tenant, and adding it to a second is refused. A subdomain is a domain of \
        its own: `sales.contoso.com` may belong to another tenant than `contoso.com`.
        """,
        commands: ["tokenctl tenant signup", "tokenctl tenant add-domain"],
        source: .laterDocumentation,
        keywords: ["two", "same domain", "subdomain", "DNS", "name"]
    )
}
