/// The pools that a location may take a seat of a SKU from, in the order in which they are tried: the programme's first.
///
/// R03: of the programme's seats, those that the location has a part in; none when there are only others'.
struct SeatPools {
    let ordered: [(pool: SeatPool, source: SeatSource)]

    /// - Parameter source: which seats: `program`, or a purchase's own words; nil for all.
    init(of sku: SKUPartNumber, among blocks: [SeatBlock], sharing: Sharing, source: String? = nil) {
        var found: [(pool: SeatPool, source: SeatSource)] = []
        for block in blocks where block.skuPartNumber == sku {
            guard !block.source.isProgram || block.sharing == sharing,
                source == nil || source == block.source.description,
                !found.contains(where: { $0.pool == block.pool })
            else { continue }
            found.append((block.pool, block.source))
        }
        let known = found.filter { $0.source.isProgram } + found.filter { !$0.source.isProgram }
        if !known.isEmpty {
            ordered = known
        } else if let source, source != SeatSource.programDescription {
            ordered = [(SeatPool(skuPartNumber: sku, source: source), .purchase(source))]
        } else if blocks.contains(where: { $0.skuPartNumber == sku && $0.source.isProgram }) {
            ordered = []
        } else {
            ordered = [
                (
                    SeatPool(skuPartNumber: sku, source: sharing.seatSource),
                    .enrollment(EnrollmentID(stored: SeatSource.programDescription))
                )
            ]
        }
    }
}
