/// The licence table as a file gives it, before it is known to be right: a field that is left out has no value.
public struct ProgramTable: Hashable, Sendable, Codable {
    var programs: [Entry]

    /// A programme.
    public struct Entry: Hashable, Sendable, Codable {
        var id: String?
        var name: String?
        /// What the rules tell programmes apart by; the id where it is left out.
        var kind: String?
        /// The licence table that it stands in; the first one where it is left out.
        var edition: String?
        /// The first day on which enrollments are made from it; any day where it is left out.
        var editionFrom: String?
        /// What differs from the traits of its kind.
        var traits: Traits?
        var benefits: [Benefit]?
    }

    /// What a programme grants of one product line.
    public struct Benefit: Hashable, Sendable, Codable {
        var product: String?
        var quantity: Int?
        /// R49: five times the quantity where it is left out.
        var countryMaximum: Int?
        /// R49: fifteen times the quantity where it is left out.
        var worldwideMaximum: Int?
        /// The SKU of its tokens, and the seats of each; both or neither.
        var skuPartNumber: String?
        var tokenSeats: Int?
        /// What the quantity counts.
        var unit: String?
        /// SKUs that it may be used as instead.
        var otherSkus: [String]?
        /// R61.
        var activateWithinDays: Int?
        /// R62.
        var reassignAfterDays: Int?
        /// R62.
        var reassignments: Int?
        /// Where the figure comes from.
        var source: String?
        /// `certain` (the default), `likely` or `uncertain`.
        var certainty: String?
    }

    /// The traits that a table may state (``ProgramTraits``).
    public struct Traits: Hashable, Sendable, Codable {
        var standing: String?
        var isLocal: Bool?
        var grantsLicenses: Bool?
        var needs: [String]?
        var needsAt: String?
        var oncePer: String?
        var stacks: Bool?
        var soldFrom: String?
        var soldThrough: String?
        var isExemptFromUpgrades: Bool?
        var hasLargestMaxima: Bool?
        var upgradesTo: String?
        var activations: String?
        var anniversary: String?
        var redemption: String?
        var serviceEnd: String?
        var adding: String?
        var renewing: String?
        var sharing: String?
    }

    /// What is wrong with one field, named by its path such as `programs[0].benefits[2].quantity`.
    struct Fault {
        let path: String
        let detail: String
    }

    /// Names the whole table where programmes are named by their ids, so no programme can have it.
    public static let reservedID = "table"

    /// The programmes, and every fault; there are no programmes worth having unless there is no fault.
    func validated() -> (programs: [Program], faults: [Fault]) {
        var validation = ProgramValidation()
        let programs = validation.programs(of: self)
        return (programs, validation.faults)
    }
}

/// Makes programmes of a table's entries, and notes what is wrong with them.
private struct ProgramValidation {
    private(set) var faults: [ProgramTable.Fault] = []

    private mutating func fault(_ path: String, _ detail: String) {
        faults.append(ProgramTable.Fault(path: path, detail: detail))
    }

    mutating func programs(of table: ProgramTable) -> [Program] {
        if table.programs.isEmpty { fault("programs", "The table has no programmes.") }
        var ids: [[String]: Int] = [:]
        return table.programs.enumerated().compactMap { index, entry in
            let path = "programs[\(index)]"
            if let id = entry.id, let earlier = ids.updateValue(index, forKey: [id, entry.edition ?? ""]) {
                fault("\(path).id", "\(quoted(id)) is already the id of programs[\(earlier)], in the same edition.")
            }
            return program(of: entry, path)
        }
    }

    private mutating func program(of entry: ProgramTable.Entry, _ path: String) -> Program? {
        let id = entry.id.flatMap { ProgramID($0) }
        if let text = entry.id, id == nil {
            fault("\(path).id", "\(quoted(text)) is not a valid id; use letters, digits, dots, underscores or dashes.")
        } else if entry.id == nil {
            fault("\(path).id", "The programme has no id.")
        }
        if id?.value == ProgramTable.reservedID {
            fault("\(path).id", "\(quoted(ProgramTable.reservedID)) is reserved; choose another id.")
        }
        let kind = kind(of: entry, path)
        let edition = edition(of: entry, path)
        let traits = traits(of: entry, kind, path)
        var products: Set<String> = []
        let benefits = (entry.benefits ?? []).enumerated().compactMap { index, benefit in
            let path = "\(path).benefits[\(index)]"
            if let product = benefit.product, !products.insert(product).inserted {
                fault("\(path).product", "The programme lists \(quoted(product)) twice.")
            }
            return self.benefit(of: benefit, isOrdered: traits?.redemption == .purchase, path)
        }
        let name = trimmingBlanks(entry.name ?? "")
        check(name, "\(path).name")
        guard let id, let kind, let edition, let traits else { return nil }
        return Program(
            id: id,
            name: name.isEmpty ? id.value : name,
            kind: kind,
            edition: edition,
            traits: traits,
            benefits: benefits
        )
    }

    /// A kind that the product knows, or any word where the programme states its standing itself.
    private mutating func kind(of entry: ProgramTable.Entry, _ path: String) -> Program.Kind? {
        let kind = (entry.kind ?? entry.id).flatMap(Program.Kind.init(rawValue:))
        if let kind, kind.knownTraits != nil || entry.traits?.standing != nil { return kind }
        let kinds = Program.Kind.allCases.map(\.rawValue).joined(separator: ", ")
        fault(
            "\(path).kind",
            "\(quoted(entry.kind ?? "")) is not a kind of programme; the kinds are \(kinds), and any other word for a "
                + "programme whose traits state its standing."
        )
        return nil
    }

    private mutating func edition(of entry: ProgramTable.Entry, _ path: String) -> Edition? {
        let before = faults.count
        let id = entry.edition.map { EditionID($0) } ?? Edition.first.id
        if id == nil { fault("\(path).edition", "\(quoted(entry.edition ?? "")) is not a valid id of an edition.") }
        let from = day(entry.editionFrom, "\(path).editionFrom")
        guard faults.count == before, let id else { return nil }
        return Edition(id: id, from: from)
    }

    private mutating func day(_ text: String?, _ path: String) -> CalendarDate? {
        guard let text else { return nil }
        if let day = CalendarDate(text) { return day }
        fault(path, "\(quoted(text)) is not a day, such as 2026-01-31.")
        return nil
    }

    private mutating func choice<Value: Choice>(_ text: String?, _ path: String, or fallback: Value) -> Value {
        guard let text else { return fallback }
        if let value = Value(rawValue: text) { return value }
        fault(path, "\(quoted(text)) is not one of \(Value.allCases.map(\.rawValue).joined(separator: ", ")).")
        return fallback
    }

    /// The traits of the kind with what the programme states of its own.
    private mutating func traits(of entry: ProgramTable.Entry, _ kind: Program.Kind?, _ path: String) -> ProgramTraits?
    {
        var traits = kind?.traits ?? ProgramTraits()
        guard let stated = entry.traits else { return traits }
        let before = faults.count
        let path = "\(path).traits"
        traits.standing = choice(stated.standing, "\(path).standing", or: traits.standing)
        traits.isLocal = stated.isLocal ?? traits.isLocal
        traits.grantsLicenses = stated.grantsLicenses ?? traits.grantsLicenses
        if let needs = stated.needs {
            traits.needs = needs.enumerated().map { choice($1, "\(path).needs[\($0)]", or: .competency) }
        }
        traits.needsAt = choice(stated.needsAt, "\(path).needsAt", or: traits.needsAt)
        traits.oncePer = choice(stated.oncePer, "\(path).oncePer", or: traits.oncePer)
        traits.stacks = stated.stacks ?? traits.stacks
        traits.soldFrom = day(stated.soldFrom, "\(path).soldFrom") ?? traits.soldFrom
        traits.soldThrough = day(stated.soldThrough, "\(path).soldThrough") ?? traits.soldThrough
        traits.isExemptFromUpgrades = stated.isExemptFromUpgrades ?? traits.isExemptFromUpgrades
        traits.hasLargestMaxima = stated.hasLargestMaxima ?? traits.hasLargestMaxima
        if let text = stated.upgradesTo {
            traits.upgradesTo = Program.Kind(rawValue: text)
            if traits.upgradesTo == nil { fault("\(path).upgradesTo", "\(quoted(text)) is not a kind of programme.") }
        }
        traits.activations = choice(stated.activations, "\(path).activations", or: traits.activations)
        traits.anniversary = choice(stated.anniversary, "\(path).anniversary", or: traits.anniversary)
        traits.redemption = choice(stated.redemption, "\(path).redemption", or: traits.redemption)
        traits.serviceEnd = choice(stated.serviceEnd, "\(path).serviceEnd", or: traits.serviceEnd)
        traits.adding = choice(stated.adding, "\(path).adding", or: traits.adding)
        traits.renewing = choice(stated.renewing, "\(path).renewing", or: traits.renewing)
        traits.sharing = choice(stated.sharing, "\(path).sharing", or: traits.sharing)
        return faults.count == before ? traits : nil
    }

    private mutating func benefit(of entry: ProgramTable.Benefit, isOrdered: Bool, _ path: String) -> Benefit? {
        let before = faults.count
        let product = entry.product.flatMap { ProductLine(rawValue: $0) }
        if product == nil {
            fault(
                "\(path).product",
                "\(quoted(entry.product ?? "")) is not a valid product line; use lower-case letters, digits or dashes."
            )
        }
        if entry.quantity == nil { fault("\(path).quantity", "The benefit has no quantity.") }
        check(entry.quantity, "\(path).quantity")
        check(entry.countryMaximum, "\(path).countryMaximum")
        check(entry.worldwideMaximum, "\(path).worldwideMaximum")
        if let country = entry.countryMaximum, let worldwide = entry.worldwideMaximum, country > worldwide {
            fault("\(path).worldwideMaximum", "The worldwide maximum \(worldwide) is below the country's \(country).")
        }
        let tokens = isOrdered && entry.tokenSeats == nil ? nil : tokens(of: entry, path)
        if isOrdered, let sku = entry.skuPartNumber, SKUPartNumber(sku) == nil {
            fault("\(path).skuPartNumber", "\(quoted(sku)) is not a SKU's part number.")
        }
        let terms = terms(of: entry, path)
        let certainty = entry.certainty.map { Benefit.Certainty(rawValue: $0) } ?? .certain
        if certainty == nil {
            let words = Benefit.Certainty.allCases.map(\.rawValue).joined(separator: ", ")
            fault("\(path).certainty", "\(quoted(entry.certainty ?? "")) is not one of \(words).")
        }
        check(entry.source ?? "", "\(path).source")
        guard faults.count == before, let product, let quantity = entry.quantity, let certainty else { return nil }
        return Benefit(
            product: product,
            quantity: quantity,
            countryMaximum: entry.countryMaximum,
            worldwideMaximum: entry.worldwideMaximum,
            tokens: tokens,
            ordered: entry.skuPartNumber.flatMap { SKUPartNumber($0) },
            terms: terms,
            source: entry.source ?? "",
            certainty: certainty
        )
    }

    /// A number that may be left out.
    private mutating func check(_ number: Int?, _ path: String) {
        let largest = 10_000_000
        guard let number, !(0...largest).contains(number) else { return }
        fault(path, "\(number) is not from 0 to \(largest).")
    }

    /// A text that may be left out.
    private mutating func check(_ text: String, _ path: String) {
        guard !text.isEmpty, let flaw = KeptText.flaw(of: text) else { return }
        fault(path, "\(quoted(text)) is not valid: \(flaw).")
    }

    private mutating func terms(of entry: ProgramTable.Benefit, _ path: String) -> BenefitTerms {
        check(entry.activateWithinDays, "\(path).activateWithinDays")
        check(entry.reassignAfterDays, "\(path).reassignAfterDays")
        check(entry.reassignments, "\(path).reassignments")
        let others = (entry.otherSkus ?? []).enumerated().compactMap { index, text in
            if let sku = SKUPartNumber(text) { return sku }
            fault("\(path).otherSkus[\(index)]", "\(quoted(text)) is not a SKU's part number.")
            return nil
        }
        if !others.isEmpty, entry.skuPartNumber == nil {
            fault("\(path).otherSkus", "Other SKUs stand beside a first one, skuPartNumber.")
        }
        return BenefitTerms(
            unit: entry.unit == nil ? nil : choice(entry.unit, "\(path).unit", or: .licences),
            otherSKUs: others,
            activateWithinDays: entry.activateWithinDays,
            reassignAfterDays: entry.reassignAfterDays,
            reassignments: entry.reassignments
        )
    }

    private mutating func tokens(of entry: ProgramTable.Benefit, _ path: String) -> TokenDenomination? {
        switch (entry.skuPartNumber, entry.tokenSeats) {
        case (nil, nil): break
        case (let sku?, let seats?):
            guard let partNumber = SKUPartNumber(sku) else {
                fault("\(path).skuPartNumber", "\(quoted(sku)) is not a SKU's part number.")
                break
            }
            guard (1...1_000_000).contains(seats) else {
                fault("\(path).tokenSeats", "\(seats) is not from 1 to 1000000.")
                break
            }
            return TokenDenomination(skuPartNumber: partNumber, seats: seats)
        case (_?, nil): fault("\(path).tokenSeats", "A SKU needs the seats of one token.")
        case (nil, _?): fault("\(path).skuPartNumber", "A token's seats need their SKU.")
        }
        return nil
    }
}
