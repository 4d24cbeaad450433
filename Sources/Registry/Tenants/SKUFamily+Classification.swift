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

    private static let suitePartNumbers = names("suitePartNumbers").compactMap { entry in
        let words = entry.split(separator: " ").map(String.init)
        return SKUFamily(rawValue: words[1]).map { (prefix: words[0], family: $0) }
    }
    private static let academicWords = names("academicWords")
    private static let governmentWords = names("governmentWords")
    /// What a product for security or compliance has in its name, be it for an E or F suite.
    private static let addOnWords = ["SECURITY", "COMPLIANCE", "SEC", "COMP", "SECCOMP"]
    private static let outsidePartNumbers = names("outsidePartNumbers")
    private static let outsideNames = names("outsideNames")
    private static let planPartNumbers = names("planPartNumbers")
    private static let planNames = names("planNames")
    private static let planWorkloads = names("planWorkloads")

    /// A list of `Catalogue/sku-names.txt`, a line of which is its name, a colon and what is in it.
    private static func names(_ list: String) -> [String] {
        String(decoding: PackageResources.sku_names_txt, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("\(list): ") }?
            .dropFirst(list.count + 2).split(separator: ", ").map(String.init) ?? []
    }
}
