/// Places the tokens of a renewal onto tenants.
///
/// R45: whole tokens, each on one tenant. R39: only onto tenants that take them. So that no assigned user lapses, with
/// the least unused; where that cannot be, with the fewest users uncovered, and the proof of it. Each SKU is placed by
/// itself. The answer depends on what is asked, not on the order it is asked in.
public enum PlacementSolver {
    /// - Parameters:
    ///   - demands: several of one tenant and SKU are added up; if one of them refuses, the tenant does.
    ///   - workLimit: elementary steps for each SKU before the search settles for what it has and says so.
    public static func place(
        _ tokens: [PlacementToken],
        onto demands: [PlacementDemand],
        workLimit: Int = 300_000_000
    ) -> Placement {
        let tokensBySKU = Dictionary(grouping: tokens, by: \.skuPartNumber)
        let demandsBySKU = Dictionary(grouping: demands, by: \.skuPartNumber)
        let results = demandsBySKU.keys.sorted().map { sku in
            SKUPlacement(
                sku: sku,
                demands: demandsBySKU[sku] ?? [],
                tokens: tokensBySKU[sku] ?? [],
                workLimit: workLimit
            )
        }
        let placements = results.flatMap(\.placements)
        let placed = Set(placements.map(\.token))
        return Placement(
            placements: placements,
            uncovered: results.flatMap(\.uncovered),
            unusedSeats: results.reduce(0) { $0 + $1.unusedSeats },
            unplacedTokens: tokens.map(\.index).filter { !placed.contains($0) }.sorted(),
            proofs: results.map(\.proof)
        )
    }
}
