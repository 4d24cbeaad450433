extension SKUFamily {
    /// The family of a SKU that the catalogue does not know, told by its names.
    ///
    /// It errs on the side of R39: whatever cannot be told, or told in two ways, is nil, and so stays refused beside
    /// programme seats until somebody settles it.
    ///
    /// - Parameters:
    ///   - partNumber: As Microsoft publishes it.
    ///   - displayName: The product's name; may be empty.
    ///   - servicePlans: Names of the service plans in it, such as `EXCHANGE_S_STANDARD`; may be empty.
    public static func classify(
        partNumber: SKUPartNumber,
        displayName: String,
        servicePlans: [String]
    ) -> SKUFamily? {
        let partWords = words(of: partNumber.text)
        let nameWords = words(of: displayName)
        let audience = audience(split(partNumber.text.uppercased()) + split(displayName.uppercased()))

        switch (suite(ofPartNumber: partNumber.key, partWords), suite(ofName: nameWords)) {
        case (let byPart?, let byName?) where byPart != byName:
            return audience
        case (let family?, _), (nil, let family?):
            return family.isOffice365 ? audience ?? family : family
        case (nil, nil):
            break
        }

        let isOutside =
            outsidePartNumbers.contains { partNumber.key.hasPrefix($0) }
            || outsideNames.contains { contains($0, in: nameWords) }
        let isPlan =
            planPartNumbers.contains { partNumber.key.hasPrefix($0) }
            || planNames.contains { contains($0, in: nameWords) }
        switch (isOutside, isPlan) {
        case (true, false): return .other
        case (false, true): return audience ?? .office365Plan
        case (true, true): return nil
        case (false, false): return family(ofServicePlans: servicePlans)
        }
    }

    /// Runs of letters and digits in upper case, what follows "without" left out up to the next parenthesis.
    private static func words(of text: String) -> [String] {
        var name = text.uppercased()
        for marker in ["WITHOUT", "W/O"] {
            guard let range = name.firstRange(of: marker) else { continue }
            let end = name[range.upperBound...].firstIndex { $0 == "(" || $0 == ")" || $0 == "_" } ?? name.endIndex
            name.removeSubrange(range.lowerBound..<end)
        }
        return split(name)
    }

    /// Runs of letters and digits.
    private static func split(_ text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func contains(_ phrase: String, in words: [String]) -> Bool {
        let wanted = phrase.split(separator: " ")
        guard words.count >= wanted.count else { return false }
        return (0...words.count - wanted.count).contains { start in
            words[start..<start + wanted.count].elementsEqual(wanted, by: ==)
        }
    }

    /// Academic or government, when a word says so.
    private static func audience(_ words: [String]) -> SKUFamily? {
        if words.contains(where: academicWords.contains) { return .academic }
        if words.contains(where: governmentWords.contains) { return .government }
        return nil
    }

    private static func suite(ofPartNumber key: String, _ words: [String]) -> SKUFamily? {
        if addOnWords.contains(where: words.contains) { return nil }
        return suitePartNumbers.first { key.hasPrefix($0.prefix) }?.family
    }

    /// A name of the form "Office 365 … E3" or "Microsoft 365 Business …".
    private static func suite(ofName words: [String]) -> SKUFamily? {
        var rest = words[...]
        if rest.first == "MICROSOFT", rest.dropFirst().first == "OFFICE" { rest.removeFirst() }
        guard let brand = rest.popFirst(), brand == "OFFICE" || brand == "MICROSOFT", rest.popFirst() == "365" else {
            return nil
        }
        while let word = rest.first, ["PLAN", "ENTERPRISE", "GCC", "FOR"].contains(word) { rest.removeFirst() }
        guard let first = rest.popFirst() else { return nil }
        if let grade = grade(first) {
            return addOnWords.contains(where: rest.contains) ? .other : grade
        }
        switch first {
        case "BUSINESS":
            return ["BASIC", "STANDARD", "PREMIUM", "ESSENTIALS"].contains(rest.first ?? "") ? .business : nil
        case "APPS": return rest.prefix(2).elementsEqual(["FOR", "BUSINESS"]) ? .business : nil
        case "SMALL", "MIDSIZE": return rest.first == "BUSINESS" ? .business : nil
        default: return nil
        }
    }

    private static func grade(_ word: String) -> SKUFamily? {
        guard word.count == 2, let letter = word.first, let digit = word.last, ("1"..."9").contains(digit) else {
            return nil
        }
        switch letter {
        case "E": return .enterprise
        case "F", "K": return .kiosk
        case "A": return .academic
        case "G": return .government
        case "P": return .business
        default: return nil
        }
    }

    /// One Office 365 workload is a plan; several are a suite whose letter only a name could tell.
    private static func family(ofServicePlans plans: [String]) -> SKUFamily? {
        // In nearly every product, also far from Office 365.
        let telling = plans.map { $0.uppercased() }.filter { !$0.hasPrefix("EXCHANGE_S_FOUNDATION") }
        guard !telling.isEmpty else { return nil }
        var workloads: Set<String> = []
        for plan in telling {
            if let workload = planWorkloads.first(where: { plan.hasPrefix($0) }) {
                workloads.insert(workload)
            } else if !outsidePartNumbers.contains(where: { plan.hasPrefix($0) }) {
                return nil
            }
        }
        switch workloads.count {
        case 0: return .other
        case 1: return .office365Plan
        default: return nil
        }
    }

    private static let suitePartNumbers: [(prefix: String, family: SKUFamily)] = [
        ("ENTERPRISEPACKPLUS", .academic), ("ENTERPRISEPACK", .enterprise), ("ENTERPRISEPREMIUM", .enterprise),
        ("ENTERPRISEWITHSCAL", .enterprise), ("STANDARDPACK", .enterprise), ("STANDARDWOFFPACK", .enterprise),
        ("DEVELOPERPACK", .enterprise), ("SPE_E", .enterprise), ("MICROSOFT_365_E", .enterprise),
        ("OFFICE_365_E", .enterprise), ("DESKLESSPACK", .kiosk), ("DESKLESSWOFFPACK", .kiosk), ("SPE_F1", .kiosk),
        ("M365_F1", .kiosk), ("LITEPACK", .business), ("MIDSIZEPACK", .business), ("O365_BUSINESS", .business),
        ("SMB_", .business), ("M365EDU", .academic),
    ]
    private static let academicWords: Set<String> = [
        "FACULTY", "STUDENT", "STUDENTS", "EDU", "EDUCATION", "ALUMNI", "FAC", "STU", "STUUSEBNFT", "A1", "A3", "A5",
    ]
    private static let governmentWords: Set<String> = [
        "GOV", "GOVERNMENT", "GCC", "GCCHIGH", "USGOV", "DOD", "G1", "G3", "G5",
    ]
    /// What a product for security or compliance has in its name, be it for an E or F suite.
    private static let addOnWords = ["SECURITY", "COMPLIANCE", "SEC", "COMP", "SECCOMP"]
    private static let outsidePartNumbers = [
        "AAD_", "ATA", "AX7_", "CCIBOTS", "CDS", "CMPA", "CPC_", "CRM", "D365_", "DEFENDER", "DYN365", "DYNAMICS",
        "E3_VDA", "EMS", "FLOW", "FORMS_PRO", "IDENTITY_THREAT", "INTUNE", "MDATP", "MDE_", "MEE_", "MFA_", "PBI_",
        "POWER", "PRIVACY_MANAGEMENT", "PROJECT_MADEIRA", "RIGHTSMANAGEMENT", "RMSBASIC", "SPE_F5", "TVM_",
        "VIRTUAL_AGENT", "WIN10", "WINDOWS", "WIN_", "WINE5", "WSFB",
    ]
    private static let outsideNames = [
        "AI BUILDER", "AZURE", "BUSINESS CENTRAL", "CLIPCHAMP", "COMMON DATA SERVICE", "COPILOT", "DATAVERSE",
        "DEFENDER FOR BUSINESS", "DEFENDER FOR CLOUD", "DEFENDER FOR ENDPOINT", "DEFENDER FOR IDENTITY",
        "DEFENDER THREAT", "DEFENDER VULNERABILITY", "CLOUD APP SECURITY", "DYNAMICS", "ENTERPRISE MOBILITY",
        "ENTRA", "FABRIC", "INTUNE", "MINECRAFT", "POWER APPS", "POWER AUTOMATE", "POWER BI", "POWER PAGES",
        "POWER VIRTUAL AGENT", "POWERAPPS", "PRIVACY MANAGEMENT", "RIGHTS MANAGEMENT", "SUSTAINABILITY", "VIVA",
        "WINDOWS", "WORKLOAD IDENTITIES",
    ]
    private static let planPartNumbers = [
        "ATP_ENTERPRISE", "BUSINESS_VOICE", "EOP_", "EXCHANGE", "MCO", "MEETING_ROOM", "OFFICE365",
        "OFFICESUBSCRIPTION",
        "OFFICE_PROPLUS", "PHONESYSTEM", "PROJECTCLIENT", "PROJECTESSENTIALS", "PROJECTONLINE", "PROJECTPREMIUM",
        "PROJECTPROFESSIONAL", "PROJECT_P", "SHAREPOINT", "STREAM", "TEAMS_", "THREAT_INTELLIGENCE", "VISIO",
        "WACONEDRIVE", "YAMMER",
    ]
    private static let planNames = [
        "EXCHANGE ONLINE", "OFFICE 365", "MICROSOFT 365 APPS", "ONEDRIVE FOR BUSINESS", "PROJECT ONLINE",
        "PROJECT PLAN",
        "PLANNER PLAN", "SHAREPOINT", "SKYPE FOR BUSINESS", "TEAMS", "VISIO PLAN", "YAMMER", "AUDIO CONFERENCING",
        "BUSINESS VOICE",
    ]
    private static let planWorkloads = [
        "EXCHANGE", "SHAREPOINT", "MCO", "TEAMS", "YAMMER", "OFFICE", "PROJECT", "VISIO", "ONEDRIVE", "STREAM",
    ]
}
