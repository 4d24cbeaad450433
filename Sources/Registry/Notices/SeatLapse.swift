/// Seats of one pool that end on a day, and nothing that was redeemed later takes their place.
struct SeatLapse: Hashable, Sendable {
    let lastDay: CalendarDate
    /// The seats without a successor.
    let seats: Int
    /// The users who have no seat after that day, and had one until then.
    let users: Int

    /// Seats that are licensed and in service.
    struct Block: Hashable, Sendable {
        let seats: Int
        let startsOn: CalendarDate
        /// Nil where no end is known.
        let lastDay: CalendarDate?
    }

    /// R32, R33: what ends through `horizon`, by its day.
    ///
    /// A later block that lasts longer silences an earlier one, seat by seat; users are counted against all seats that are
    /// left. So last year's seats are silent once this year's were redeemed, and seats beyond those are told.
    static func all(among blocks: [Block], consumed: Int, through horizon: CalendarDate) -> [SeatLapse] {
        let ending = blocks.indices.filter { blocks[$0].lastDay.map { $0 <= horizon } ?? false }
            .sorted {
                (blocks[$0].lastDay ?? horizon, blocks[$0].startsOn) < (
                    blocks[$1].lastDay ?? horizon, blocks[$1].startsOn
                )
            }
        var free = blocks.map(\.seats)
        var left = blocks.reduce(0) { $0.clampedSum($1.seats) }
        var withSeat = min(consumed, left)
        var lapses: [SeatLapse] = []
        for index in ending {
            guard let lastDay = blocks[index].lastDay else { continue }
            // What has been promised to an earlier block is no successor twice, but ends with this one all the same.
            var uncovered = blocks[index].seats
            let successors = blocks.indices.filter { other in
                other != index && blocks[other].startsOn > blocks[index].startsOn
                    && (blocks[other].lastDay.map { $0 > lastDay } ?? true)
            }.sorted { blocks[$0].startsOn < blocks[$1].startsOn }
            for other in successors where uncovered > 0 {
                let taken = min(uncovered, free[other])
                free[other] -= taken
                uncovered -= taken
            }
            left -= blocks[index].seats
            let users = max(0, withSeat - max(0, left))
            withSeat -= users
            guard uncovered > 0 || users > 0 else { continue }
            let lapse = SeatLapse(lastDay: lastDay, seats: max(uncovered, users), users: users)
            if let last = lapses.last, last.lastDay == lastDay {
                lapses[lapses.count - 1] = SeatLapse(
                    lastDay: lastDay,
                    seats: last.seats.clampedSum(lapse.seats),
                    users: last.users + users
                )
            } else {
                lapses.append(lapse)
            }
        }
        return lapses
    }
}
