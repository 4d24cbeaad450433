/// The whole licence table, in the form that ``ImportPrograms`` takes.
public struct ExportPrograms: RegistryQuery {
    public static let summary = "Give the whole licence table"

    public func authorize(_ gate: AccessGate) throws -> Permitted<Void> {
        gate.anybody()
    }

    public func answer(on _: Void, in context: QueryContext) throws -> ProgramExport {
        ProgramExport(programs: try context.reading.programs().map(ProgramTable.Entry.init))
    }
}

/// The licence table as it stands now.
public struct ProgramExport: Hashable, Sendable, Codable {
    /// In the order of their ids, and of their editions.
    public let programs: [ProgramTable.Entry]
}

extension ProgramTable.Entry {
    /// The programme as a table states it; traits only where they are not those of its kind.
    init(_ program: Program) {
        id = program.id.value
        name = program.name
        kind = program.kind.rawValue
        edition = program.edition.id.value
        editionFrom = program.edition.from?.description
        traits = program.traits == program.kind.knownTraits ? nil : ProgramTable.Traits(program.traits)
        benefits = program.benefits.map(ProgramTable.Benefit.init)
    }
}

extension ProgramTable.Benefit {
    init(_ benefit: Benefit) {
        product = benefit.product.rawValue
        quantity = benefit.quantity
        countryMaximum = benefit.countryMaximum
        worldwideMaximum = benefit.worldwideMaximum
        skuPartNumber = benefit.skuPartNumber?.text
        tokenSeats = benefit.tokenSeats
        unit = benefit.terms.unit?.rawValue
        otherSkus = benefit.terms.otherSKUs.isEmpty ? nil : benefit.terms.otherSKUs.map(\.text)
        activateWithinDays = benefit.terms.activateWithinDays
        reassignAfterDays = benefit.terms.reassignAfterDays
        reassignments = benefit.terms.reassignments
        source = benefit.source
        certainty = benefit.certainty.rawValue
    }
}

extension ProgramTable.Traits {
    init(_ traits: ProgramTraits) {
        standing = traits.standing.rawValue
        isLocal = traits.isLocal
        grantsLicenses = traits.grantsLicenses
        needs = traits.needs.map(\.rawValue)
        needsAt = traits.needsAt.rawValue
        oncePer = traits.oncePer.rawValue
        stacks = traits.stacks
        soldFrom = traits.soldFrom?.description
        soldThrough = traits.soldThrough?.description
        isExemptFromUpgrades = traits.isExemptFromUpgrades
        hasLargestMaxima = traits.hasLargestMaxima
        upgradesTo = traits.upgradesTo?.rawValue
        activations = traits.activations.rawValue
        anniversary = traits.anniversary.rawValue
        redemption = traits.redemption.rawValue
        serviceEnd = traits.serviceEnd.rawValue
        adding = traits.adding.rawValue
        renewing = traits.renewing.rawValue
        sharing = traits.sharing.rawValue
    }
}
