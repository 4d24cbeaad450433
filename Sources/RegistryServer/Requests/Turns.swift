/// Who may begin next: first come, first served within a caller, and the callers in rotation.
struct Turns<Caller: Hashable> {
    enum Reply: Hashable {
        case begins
        case waits
        /// So many of the caller's wait already.
        case refused(waiting: Int)
    }

    /// How many run at once.
    let limit: Int
    let limitPerCaller: Int
    let waitingPerCaller: Int
    private var running = 0
    private var runningByCaller: [Caller: Int] = [:]
    private var waiting: [Caller: [Int]] = [:]
    /// The callers who wait, the next one first.
    private var rotation: [Caller] = []

    init(limit: Int, limitPerCaller: Int, waitingPerCaller: Int) {
        self.limit = limit
        self.limitPerCaller = limitPerCaller
        self.waitingPerCaller = waitingPerCaller
    }

    /// Asks for a turn.
    /// - Parameter ticket: what `end(_:)` names the turn by, when it has to wait.
    mutating func ask(_ caller: Caller, ticket: Int) -> Reply {
        if waiting[caller] == nil, mayRun(caller) {
            run(caller)
            return .begins
        }
        let count = waiting[caller, default: []].count
        guard count < waitingPerCaller else { return .refused(waiting: count) }
        if count == 0 { rotation.append(caller) }
        waiting[caller, default: []].append(ticket)
        return .waits
    }

    /// Ends a turn of `caller`.
    /// - Returns: the tickets whose turn it is now.
    mutating func end(_ caller: Caller) -> [Int] {
        running -= 1
        let left = runningByCaller[caller, default: 1] - 1
        runningByCaller[caller] = left > 0 ? left : nil
        var tickets: [Int] = []
        while let place = rotation.firstIndex(where: mayRun) {
            let next = rotation.remove(at: place)
            guard var queue = waiting.removeValue(forKey: next), !queue.isEmpty else { continue }
            tickets.append(queue.removeFirst())
            run(next)
            guard !queue.isEmpty else { continue }
            waiting[next] = queue
            rotation.append(next)
        }
        return tickets
    }

    /// Forgets a ticket that waits; does nothing when its turn has come.
    mutating func giveUp(_ caller: Caller, ticket: Int) {
        guard var queue = waiting[caller], let place = queue.firstIndex(of: ticket) else { return }
        queue.remove(at: place)
        waiting[caller] = queue.isEmpty ? nil : queue
        if queue.isEmpty { rotation.removeAll { $0 == caller } }
    }

    private func mayRun(_ caller: Caller) -> Bool {
        running < limit && runningByCaller[caller, default: 0] < limitPerCaller
    }

    private mutating func run(_ caller: Caller) {
        running += 1
        runningByCaller[caller, default: 0] += 1
    }
}
