/// Questions as people ask them, each with the rules that answer it. They were written from the licensing FAQ alone, without
/// a look at what the search knows.
enum RuleQuestions {
    static let all: [(question: String, rules: Set<String>)] = text.split(separator: "\n").map { line in
        let parts = line.split(separator: "|")
        return (String(parts[0]).trimmed, Set(parts[1].split(separator: " ").map(String.init)))
    }

    private static let text = """
        what am I allowed to use the licences for | R01
        can we host a customer's website on our programme licenses | R01
        may we earn money with these licences | R01
        is commercial use permitted | R01
        can I use the software at a client's site for a paid project | R01 R20
        are customer demos ok | R01 R06
        may we train our own staff with them | R01 R06 R23
        how many can one country use at most | R02
        is there an upper limit per country | R02 R49
        what is the worldwide cap | R02 R49
        we hit the maximum in Germany, what does that mean | R02 R12
        can our offices share licences | R03
        may the Paris office use seats that headquarters earned | R03
        our branch is not associated with the HQ, can it use our seats | R03
        can I share licences with another company | R03
        we own three companies doing the same business, are they one organisation | R04
        do several locations count as one partner | R04
        we have two competencies in different offices, are the maximums counted together | R04
        can an action pack be used abroad | R05
        is the Action Pack only valid in the country where we subscribed | R05
        can we share action packs between countries | R05
        can competency licences be used in every country | R05
        do demo licences count towards the limit | R06
        are training licences counted | R06
        are demonstration machines included in the maximum | R06
        can we keep running the old version | R07
        how long may I stay on the previous release | R07
        do we have downgrade rights | R07
        a new version came out, when do we have to upgrade | R07
        can I install Windows 7 instead of Windows 8 | R07
        what happens to the action pack when we get a competency | R08
        do we need to reinstall everything after moving from Action Pack to silver | R08
        are the action pack benefits added to those of the competency | R08
        what do we pay to move from silver to gold | R09
        upgrading silver to gold, does the anniversary change | R09
        is there a discount on the gold fee | R09
        what happens to on-premises software if we lose the competency | R10
        do I have to uninstall Office when the competency is not renewed | R10
        who can buy an additional benefit toolkit | R11
        can headquarters have a toolkit | R11
        how many toolkits may a location have | R11
        what is ABTK | R11
        we earned another competency in the middle of the year, do we get more licences | R12 R34
        why was part of our grant cut off | R12
        do benefits add up until the maximum | R12
        who decides who can download software | R13 R14
        how do I give a colleague access | R13 R14
        my coworker can't see the product keys | R13 R15
        what does the program administrator have to do | R13
        how do I get to the cloud benefits | R14 R13
        who may view the license statement | R14
        who is allowed to see product keys and tokens | R15
        where can I find my keys | R15 R24
        does every user get their own key | R16
        do all colleagues see the same tokens | R16
        are tokens personal | R16
        what does it cost to get DVDs | R17
        can we order physical media | R17
        is the media fee prorated | R17
        is SharePoint available on disc | R17
        can we choose between online services and on-premises | R18 R41
        should I use the entitlement in the cloud or on premises | R18 R41
        who keeps track of how many licences we used | R19
        do I have to keep records | R19
        how do I find out how many seats we have consumed | R19
        can MSDN be used for a client project | R20
        do the MSDN subscriptions differ from the ones we buy | R20
        can two developers share one MSDN subscription | R20
        how can we evaluate software | R20
        can I run the licences on Azure virtual machines | R21
        may we use them on a hoster's hardware | R21
        virtual machines at a mobility partner | R21
        are the Windows licences full versions | R22
        do I need a qualifying operating system | R22
        does Windows 7 Home qualify for the upgrade | R22
        can I install Windows on a computer that has no operating system | R22
        what extra rights does a learning partner get | R23
        may we give paid training with the learning competency | R23
        which products must be activated | R24
        how many activations does a key have | R24
        our key ran out of activations | R24
        does reinstalling on the same PC use up an activation | R25
        I changed the mainboard, is another activation taken | R25
        how are activations counted for Action Pack subscribers | R25
        we reimage our lab machines every week | R26
        should classroom computers be activated | R26
        does reimaging consume an activation for competency partners | R26
        what is the grace period and rearm for | R26
        how do I get a KMS key | R27
        can we use our volume licensing KMS server | R27
        what's the difference between a key and a token | R28
        is this 25 character code a token | R28
        I entered a product key instead of a token | R28
        can a token be used twice | R29
        is a token single use | R29
        it says the token has already been used | R29
        can I redeem a token again after restoring a backup | R29
        can I use my tokens on more than one tenant | R30
        we have two tenants, can each get tokens | R30
        how do I move seats to another tenant | R31
        can seats be transferred | R31
        we want to migrate our seats to a different directory | R31
        can I merge two tenants and take the seats along | R31
        what happens to the seats when the programme year is over | R32
        do we lose access when the enrollment ends | R32 R50
        why are my seats shown as unlicensed | R32
        when do my tokens expire | R33
        until when must tokens be redeemed | R33
        do we have to redeem tokens every year | R33
        what happens at renewal | R33
        how do we avoid an interruption of service when we renew | R33
        do new tokens come with the renewal | R33
        do we get additional tokens when we earn a new competency | R34
        extra tokens during the year | R34
        what if we do not renew | R35
        where can I buy the seats if we leave the programme | R35
        there is no token for Intune | R36
        how is Intune activated | R36
        how do I sign up for intune | R36
        should I add seats or extend the subscription | R37
        which option do I pick on the redemption page, add or extend | R37
        can we prolong our subscription with a token | R37 R48
        is the Azure credit per subscription | R38
        do two action packs give twice the azure credit | R38
        how much azure money do we get with several toolkits | R38
        can bought Office 365 seats be on the same tenant | R39
        may small business plans share a tenant with E3 | R39
        can I mix K1 and E3 | R39
        we bought Office 365 Business Premium elsewhere | R39
        how do we get more seats | R40
        we need more licences than we have | R40
        all seats are taken, what can we do | R40
        how can I switch users from on-premises to Office 365 | R41
        can a user go back to on-premises | R41
        may users be switched in the middle of the year | R41 R18
        can we use our servers with CALs bought elsewhere | R42
        client access licenses purchased from a reseller | R42
        cloud seats are used up, can Exchange Server still be used | R42
        what is an organization account | R43
        how is a tenant created | R43
        which administrator account should sign up for the next service | R43
        do I need an Action Pack for Cloud Accelerate | R44
        does cloud accelerate include licences | R44
        can I split a token between two tenants | R45
        can half of a token's seats go somewhere else | R45
        I redeemed the token on the wrong tenant | R46
        can a token be replaced | R46
        how long do I have to get a replacement | R46
        when does the service end after redeeming | R47
        how long do redeemed seats work | R47
        for how many months does extending last | R48
        how is the extension calculated | R48
        what is the maximum when the licence table names none | R49
        five times the grant per country | R49
        how long can users work after the service ended | R50
        what does suspended mean | R50
        when are the seats deleted | R50
        can two tenants have the same domain | R51
        may a subdomain belong to another tenant | R51
        can I mvoe seats to anohter tennant | R31
        tokn redeemed twice | R29
        azur credit for severl subscriptions | R38
        swich users to the clowd | R41
        physcal media cost | R17
        how do I reedem tokens evry year | R33
        kms kee | R27
        additonal benefit toolkt | R11
        learnig competency | R23
        organisation acount | R43
        vitual machines | R21
        intun activation | R36
        spliting tokens | R45
        replacment for a wrong tenant | R46
        downgrading | R07
        prorating the fee for discs | R17
        reimaged | R26
        extending | R37 R48
        sharing between countries | R05 R03
        """
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        while text.first?.isWhitespace == true { text.removeFirst() }
        return String(text)
    }
}
