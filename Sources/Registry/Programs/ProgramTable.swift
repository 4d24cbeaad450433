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

    /// The largest number that a benefit can name.
    private static let largestQuantity = 10_000_000

    /// The programmes, and every fault; there are no programmes worth having unless there is no fault.
    func validated() -> (programs: [Program], faults: [Fault]) {
        var faults: [Fault] = []
        var ids: [String: Int] = [:]
        var programs: [Program] = []
        if self.programs.isEmpty { faults.append(Fault(path: "programs", detail: "The table has no programmes.")) }
        for (index, entry) in self.programs.enumerated() {
            let path = "programs[\(index)]"
            if let id = entry.id, let earlier = ids.updateValue(index, forKey: id) {
                faults.append(
                    Fault(path: "\(path).id", detail: "\(quoted(id)) is already the id of programs[\(earlier)].")
                )
            }
            if let program = validate(entry, path, &faults) { programs.append(program) }
        }
        return (programs, faults)
    }

    private func validate(_ entry: Entry, _ path: String, _ faults: inout [Fault]) -> Program? {
        let id = entry.id.flatMap { ProgramID($0) }
        if id == nil {
            faults.append(
                Fault(
                    path: "\(path).id",
                    detail: entry.id.map {
                        "\(quoted($0)) is not a valid id; use letters, digits, dots, underscores or dashes."
                    }
                        ?? "The programme has no id."
                )
            )
        }
        if id?.value == Self.reservedID {
            faults.append(
                Fault(path: "\(path).id", detail: "\(quoted(Self.reservedID)) is reserved; choose another id.")
            )
        }
        let kind = (entry.kind ?? entry.id).flatMap(Program.Kind.init(rawValue:))
        if kind == nil {
            faults.append(
                Fault(
                    path: "\(path).kind",
                    detail: "\(quoted(entry.kind ?? "")) is not a kind of programme; the kinds are "
                        + "\(Program.Kind.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            )
        }
        var products: Set<String> = []
        var benefits: [Registry.Benefit] = []
        for (index, benefit) in (entry.benefits ?? []).enumerated() {
            let place = "\(path).benefits[\(index)]"
            if let product = benefit.product, !products.insert(product).inserted {
                faults.append(
                    Fault(path: "\(place).product", detail: "The programme lists \(quoted(product)) twice.")
                )
            }
            if let benefit = validate(benefit, place, &faults) { benefits.append(benefit) }
        }
        let name = trimmingBlanks(entry.name ?? "")
        check(name, "\(path).name", &faults)
        guard let id, let kind else { return nil }
        return Program(id: id, name: name.isEmpty ? id.value : name, kind: kind, benefits: benefits)
    }

    private func validate(_ entry: Benefit, _ path: String, _ faults: inout [Fault]) -> Registry.Benefit? {
        let before = faults.count
        let product = entry.product.flatMap { ProductLine(rawValue: $0) }
        if product == nil {
            faults.append(
                Fault(
                    path: "\(path).product",
                    detail:
                        "\(quoted(entry.product ?? "")) is not a valid product line; use lower-case letters, digits or dashes."
                )
            )
        }
        if entry.quantity == nil {
            faults.append(Fault(path: "\(path).quantity", detail: "The benefit has no quantity."))
        }
        for (field, value) in [
            ("quantity", entry.quantity), ("countryMaximum", entry.countryMaximum),
            ("worldwideMaximum", entry.worldwideMaximum),
        ] {
            guard let value, !(0...Self.largestQuantity).contains(value) else { continue }
            faults.append(
                Fault(path: "\(path).\(field)", detail: "\(value) is not from 0 to \(Self.largestQuantity).")
            )
        }
        if let country = entry.countryMaximum, let worldwide = entry.worldwideMaximum, country > worldwide {
            faults.append(
                Fault(
                    path: "\(path).worldwideMaximum",
                    detail: "The worldwide maximum \(worldwide) is below the country's \(country)."
                )
            )
        }
        let tokens = tokens(of: entry, path, &faults)
        let certainty = entry.certainty.map { Registry.Benefit.Certainty(rawValue: $0) } ?? .certain
        if certainty == nil {
            faults.append(
                Fault(
                    path: "\(path).certainty",
                    detail: "\(quoted(entry.certainty ?? "")) is not one of "
                        + "\(Registry.Benefit.Certainty.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            )
        }
        check(entry.source ?? "", "\(path).source", &faults)
        guard faults.count == before, let product, let quantity = entry.quantity, let certainty else { return nil }
        return Registry.Benefit(
            product: product,
            quantity: quantity,
            countryMaximum: entry.countryMaximum,
            worldwideMaximum: entry.worldwideMaximum,
            tokens: tokens,
            source: entry.source ?? "",
            certainty: certainty
        )
    }

    /// A text that may be left out.
    private func check(_ text: String, _ path: String, _ faults: inout [Fault]) {
        guard !text.isEmpty, let flaw = KeptText.flaw(of: text) else { return }
        faults.append(Fault(path: path, detail: "\(quoted(text)) is not valid: \(flaw)."))
    }

    private func tokens(of entry: Benefit, _ path: String, _ faults: inout [Fault]) -> TokenDenomination? {
        switch (entry.skuPartNumber, entry.tokenSeats) {
        case (nil, nil):
            return nil
        case (let sku?, let seats?):
            guard let partNumber = SKUPartNumber(sku) else {
                faults.append(
                    Fault(path: "\(path).skuPartNumber", detail: "\(quoted(sku)) is not a SKU's part number.")
                )
                return nil
            }
            guard (1...1_000_000).contains(seats) else {
                faults.append(Fault(path: "\(path).tokenSeats", detail: "\(seats) is not from 1 to 1000000."))
                return nil
            }
            return TokenDenomination(skuPartNumber: partNumber, seats: seats)
        case (_?, nil):
            faults.append(Fault(path: "\(path).tokenSeats", detail: "A SKU needs the seats of one token."))
            return nil
        case (nil, _?):
            faults.append(Fault(path: "\(path).skuPartNumber", detail: "A token's seats need their SKU."))
            return nil
        }
    }
}

extension ProgramTable {
    init(_ programs: [Program]) {
        self.programs = programs.map { program in
            Entry(
                id: program.id.value,
                name: program.name,
                kind: program.kind.rawValue,
                benefits: program.benefits.map { benefit in
                    Benefit(
                        product: benefit.product.rawValue,
                        quantity: benefit.quantity,
                        countryMaximum: benefit.countryMaximum,
                        worldwideMaximum: benefit.worldwideMaximum,
                        skuPartNumber: benefit.tokens?.skuPartNumber.text,
                        tokenSeats: benefit.tokens?.seats,
                        source: benefit.source,
                        certainty: benefit.certainty.rawValue
                    )
                }
            )
        }
    }
}
