/// The licence table as a file gives it, before it is known to be right: a field that is left out has no value.
public struct ProgramTable: Hashable, Sendable, Codable {
    var programs: [Entry]

    /// A programme.
    public struct Entry: Hashable, Sendable, Codable {
        var id: String?
        var name: String?
        /// What the rules tell programmes apart by; the id where it is left out.
        var kind: String?
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
        /// Where the figure comes from.
        var source: String?
        /// `certain` (the default), `likely` or `uncertain`.
        var certainty: String?
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
        var ids: [String: Int] = [:]
        return table.programs.enumerated().compactMap { index, entry in
            let path = "programs[\(index)]"
            if let id = entry.id, let earlier = ids.updateValue(index, forKey: id) {
                fault("\(path).id", "\(quoted(id)) is already the id of programs[\(earlier)].")
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
        let kind = (entry.kind ?? entry.id).flatMap(Program.Kind.init(rawValue:))
        if kind == nil {
            let kinds = Program.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            fault(
                "\(path).kind",
                "\(quoted(entry.kind ?? "")) is not a kind of programme; the kinds are \(kinds)."
            )
        }
        var products: Set<String> = []
        let benefits = (entry.benefits ?? []).enumerated().compactMap { index, benefit in
            let path = "\(path).benefits[\(index)]"
            if let product = benefit.product, !products.insert(product).inserted {
                fault("\(path).product", "The programme lists \(quoted(product)) twice.")
            }
            return self.benefit(of: benefit, path)
        }
        let name = trimmingBlanks(entry.name ?? "")
        check(name, "\(path).name")
        guard let id, let kind else { return nil }
        return Program(id: id, name: name.isEmpty ? id.value : name, kind: kind, benefits: benefits)
    }

    private mutating func benefit(of entry: ProgramTable.Benefit, _ path: String) -> Benefit? {
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
        let tokens = tokens(of: entry, path)
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
