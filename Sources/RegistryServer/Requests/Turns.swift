/// Who may begin next: first come, first served within a user, and the users in rotation.
struct Turns {
    enum Reply: Hashable {
        case begins
        case waits
        /// So many of the user's wait already.
        case refused(waiting: Int)
    }

    /// How many run at once.
    let limit: Int
    let limitPerUser: Int
    let waitingPerUser: Int
    private var running = Shares()
    /// Those who wait, the next user first, each with the tickets of their turns.
    private var waiting: [(user: UInt32, tickets: [Int])] = []

    init(limit: Int, limitPerUser: Int, waitingPerUser: Int) {
        self.limit = limit
        self.limitPerUser = limitPerUser
        self.waitingPerUser = waitingPerUser
    }

    /// Asks for a turn.
    /// - Parameter ticket: what `end(_:)` names the turn by, when it has to wait.
    mutating func ask(_ user: UInt32, ticket: Int) -> Reply {
        let place = waiting.firstIndex { $0.user == user }
        if place == nil, mayRun(user) {
            running.add(1, of: user)
            return .begins
        }
        let count = place.map { waiting[$0].tickets.count } ?? 0
        guard count < waitingPerUser else { return .refused(waiting: count) }
        if let place { waiting[place].tickets.append(ticket) } else { waiting.append((user, [ticket])) }
        return .waits
    }

    /// Ends a turn of `user`.
    /// - Returns: the tickets whose turn it is now.
    mutating func end(_ user: UInt32) -> [Int] {
        running.add(-1, of: user)
        var begun: [Int] = []
        while let place = waiting.firstIndex(where: { mayRun($0.user) }) {
            var next = waiting.remove(at: place)
            begun.append(next.tickets.removeFirst())
            running.add(1, of: next.user)
            if !next.tickets.isEmpty { waiting.append(next) }
        }
        return begun
    }

    /// Forgets a ticket that waits; does nothing when its turn has come.
    mutating func giveUp(_ user: UInt32, ticket: Int) {
        guard let place = waiting.firstIndex(where: { $0.user == user }) else { return }
        waiting[place].tickets.removeAll { $0 == ticket }
        if waiting[place].tickets.isEmpty { waiting.remove(at: place) }
    }

    private func mayRun(_ user: UInt32) -> Bool {
        running.has(1, of: user, within: limit, perUser: limitPerUser)
    }
}
