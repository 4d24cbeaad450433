/// Who finds a seat among given ones: counting, without choosing anything.
enum RenewalCoverage {
    /// R03, R05: the holders who find no seat, when those who took theirs first are served first, with a seat that
    /// only their country may use where there is one. No other order leaves fewer.
    ///
    /// - Parameters:
    ///   - holders: who took their seats last first.
    ///   - seats: how many there are of each scope.
    /// - Returns: in the order of `holders`.
    static func uncovered(
        _ holders: [RenewalSituation.Holder],
        among seats: [SeatScope: Int]
    ) -> [RenewalSituation.Holder] {
        var seats = seats
        var uncovered: [RenewalSituation.Holder] = []
        for holder in holders.reversed() {
            let scopes = [holder.place, SeatScope(sharing: holder.place.sharing, country: nil)]
            if let scope = scopes.first(where: { seats[$0, default: 0] > 0 }) {
                seats[scope, default: 0] -= 1
            } else {
                uncovered.append(holder)
            }
        }
        return uncovered.reversed()
    }
}

extension [SeatScope: Int] {
    /// Both together.
    func adding(_ other: [SeatScope: Int]) -> [SeatScope: Int] { merging(other) { $0.clampedSum($1) } }
}
