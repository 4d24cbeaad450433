/// What changed between two editions of the catalogue, programme by programme.
public struct DiffPrograms: RegistryQuery {
    public static let summary = "Tell what changed between two editions"

    let from: EditionID
    let to: EditionID
    /// Nil for every programme.
    var program: ProgramID?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> [ProgramChange] {
        let all = try context.reading.programs()
        let known = Set(all.map(\.edition.id))
        for edition in [from, to] where !known.contains(edition) {
            throw Refusal(
                .programNotFound,
                "The catalogue has no edition \(edition); it has \(known.sorted().map(\.value).joined(separator: ", ")).",
                facts: ["edition": edition]
            )
        }
        let ids = Set(all.map(\.id)).filter { program == nil || $0 == program }
        guard !ids.isEmpty else {
            throw Refusal(.programNotFound, "The catalogue has no such programme.", facts: ["program": program])
        }
        return ids.sorted().flatMap { id in
            func find(_ edition: EditionID) -> Program? { all.first { $0.id == id && $0.edition.id == edition } }
            return ProgramChange.between(find(from), find(to), id)
        }
    }
}

/// One thing that differs between two editions of a programme.
public struct ProgramChange: Hashable, Sendable, Codable {
    public let program: ProgramID
    /// A product line, a trait such as `redemption`, or `programme`.
    public let subject: String
    /// Null where it was not there.
    @Nullable public var before: String?
    /// Null where it is not there any more.
    @Nullable public var after: String?
    /// How sure the newer figure is, or the older where there is no newer; null for what is no figure.
    @Nullable public var certainty: Benefit.Certainty?

    static func between(_ old: Program?, _ new: Program?, _ id: ProgramID) -> [ProgramChange] {
        guard old != new, old != nil || new != nil else { return [] }
        var changes: [ProgramChange] = []
        func add(_ subject: String, _ before: String?, _ after: String?, _ certainty: Benefit.Certainty? = nil) {
            guard before != after else { return }
            changes.append(
                ProgramChange(program: id, subject: subject, before: before, after: after, certainty: certainty)
            )
        }
        add("programme", old?.name, new?.name)
        let (traitsBefore, traitsAfter) = (old?.traits.texts ?? [], new?.traits.texts ?? [])
        if old != nil, new != nil {
            for (before, after) in zip(traitsBefore, traitsAfter) { add(before.0, before.1, after.1) }
        }
        let products = Set((old?.benefits ?? []).map(\.product)).union((new?.benefits ?? []).map(\.product))
        for product in products.sorted() {
            let (before, after) = (old?.benefit(for: product), new?.benefit(for: product))
            add(product.rawValue, before?.figure, after?.figure, (after ?? before)?.certainty)
        }
        return changes
    }
}

extension Benefit {
    /// The quantity with its unit.
    var figure: String { "\(quantity) \(unit)" }
}

extension ProgramTraits {
    /// Its traits by their names, as texts.
    var texts: [(String, String)] {
        [
            ("standing", standing.rawValue), ("isLocal", "\(isLocal)"), ("grantsLicenses", "\(grantsLicenses)"),
            ("needs", needs.map(\.rawValue).joined(separator: " ")), ("needsAt", needsAt.rawValue),
            ("oncePer", oncePer.rawValue), ("stacks", "\(stacks)"), ("soldFrom", soldFrom?.description ?? ""),
            ("soldThrough", soldThrough?.description ?? ""), ("isExemptFromUpgrades", "\(isExemptFromUpgrades)"),
            ("hasLargestMaxima", "\(hasLargestMaxima)"), ("upgradesTo", upgradesTo?.rawValue ?? ""),
            ("activations", activations.rawValue), ("anniversary", anniversary.rawValue),
            ("redemption", redemption.rawValue), ("serviceEnd", serviceEnd.rawValue), ("adding", adding.rawValue),
            ("renewing", renewing.rawValue), ("sharing", sharing.rawValue),
        ]
    }
}
