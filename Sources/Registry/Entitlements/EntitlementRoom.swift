/// What is left of an entitlement for uses that come one after another on one day.
///
/// The registry is looked at once. Some uses ahead are asked about together, since most of a batch fits.
final class EntitlementRoom {
    let outlook: EntitlementOutlook
    private var uses: [EntitlementOutlook.DayUse]
    /// Uses that are known to fit, and were not taken yet.
    private var assured: [CountryCode: Int] = [:]
    /// Uses that were taken, and do not stand in `uses` yet.
    private var taken: [CountryCode: Int] = [:]
    private var stride = 1

    private static let longestStride = 4_096

    init(_ outlook: EntitlementOutlook) throws {
        self.outlook = outlook
        uses = try outlook.uses()
    }

    /// Why one use more in the country is refused; nil when it fits.
    func shortfall(in country: CountryCode) -> EntitlementShortfall? {
        if assured[country, default: 0] > 0 { return nil }
        for (country, units) in taken {
            for index in uses.indices { uses[index].used[country, default: 0] += units }
        }
        taken = [:]
        // What others were assured of counts, unless that is what stands in the way.
        let others = assured.filter { $0.value > 0 }
        if stride > 1 || !others.isEmpty {
            if outlook.shortfall(changes: others.merging([country: stride]) { $1 }, in: uses) == nil {
                assured[country] = stride
                stride = min(2 * stride, Self.longestStride)
                return nil
            }
            assured = [:]
            stride = 1
        }
        if let shortfall = outlook.shortfall(changes: [country: 1], in: uses) { return shortfall }
        assured[country] = 1
        stride = 2
        return nil
    }

    /// Takes the use that ``shortfall(in:)`` found to fit.
    func take(in country: CountryCode) {
        taken[country, default: 0] += 1
        assured[country, default: 0] -= 1
    }
}
