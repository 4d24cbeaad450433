/// The rules once more, as plainly as can be: what follows from a list of facts, in whatever order it is.
struct FactModel {
    private struct Held {
        let id: String
        let program: FactProgram
        let location: FactLocation
        let start: Int
        var end: Int?
        var redeemed: Int?
        func isOn(_ day: Int) -> Bool { start <= day && (end.map { day < $0 } ?? true) }
    }

    private struct Use {
        let location: FactLocation
        let isCloud: Bool
        let isCounted: Bool
        let from: Int
        var to: Int?
        func isOn(_ day: Int) -> Bool { from <= day && (to.map { day < $0 } ?? true) }
    }

    private var held: [String: Held] = [:]
    private var uses: [Int: Use] = [:]
    private(set) var isSignedUp = false

    init(_ facts: [Fact]) {
        for fact in facts {
            switch fact.kind {
            case .enroll(let id, let program, let location):
                held[id] = Held(id: id, program: program, location: location, start: fact.day)
            case .signUp: isSignedUp = true
            case .assign(let user, let location, let isCloud, let isCounted):
                uses[user] = Use(location: location, isCloud: isCloud, isCounted: isCounted, from: fact.day)
            case .end, .redeem, .release: break
            }
        }
        for fact in facts {
            switch fact.kind {
            case .end(let id): held[id]?.end = fact.day
            case .redeem(let id): held[id]?.redeemed = fact.day
            case .release(let user, _): uses[user]?.to = fact.day
            case .enroll, .signUp, .assign: break
            }
        }
    }

    // MARK: R02, R12, R38

    private func maxima(_ pool: String, _ day: Int) -> (country: Int, worldwide: Int) {
        let programs = held.values.filter { $0.isOn(day) && $0.location.pool == pool }.map(\.program)
        return (programs.map(\.countryMaximum).max() ?? 0, programs.map(\.worldwideMaximum).max() ?? 0)
    }

    /// The office suites and the credit of each enrollment in force.
    private func granted(on day: Int) -> [String: (suites: Int, credit: Int)] {
        var result: [String: (suites: Int, credit: Int)] = [:]
        for pool in ["all", "rome"] {
            let (country, worldwide) = maxima(pool, day)
            var all = 0
            var local: [String: Int] = [:]
            var hasCredit = false
            let turn = held.values.filter { $0.isOn(day) && $0.location.pool == pool }
                .sorted { $0.start != $1.start ? $0.start < $1.start : $0.id < $1.id }
            for enrollment in turn {
                let there = local[enrollment.location.country] ?? 0
                let suites = max(0, min(enrollment.program.suites, country - there, worldwide - all))
                all += suites
                local[enrollment.location.country] = there + suites
                result[enrollment.id] = (suites, hasCredit ? 0 : 100)
                hasCredit = true
            }
        }
        return result
    }

    // MARK: R03, R05, R41

    /// Whether the use of a pool on a day stays within what is granted.
    private func fits(_ pool: String, on day: Int) -> Bool {
        let (country, worldwide) = maxima(pool, day)
        let granted = granted(on: day)
        var shared = 0
        var local: [String: Int] = [:]
        for enrollment in held.values where enrollment.isOn(day) && enrollment.location.pool == pool {
            let suites = granted[enrollment.id]?.suites ?? 0
            if enrollment.program.isLocal {
                local[enrollment.location.country, default: 0] += suites
            } else {
                shared += suites
            }
        }
        var used: [String: Int] = [:]
        for use in uses.values where use.isCounted && use.isOn(day) && use.location.pool == pool {
            used[use.location.country, default: 0] += 1
        }
        return used.values.allSatisfy { $0 <= country } && used.values.reduce(0, +) <= worldwide
            && used.reduce(0) { $0 + max(0, $1.value - (local[$1.key] ?? 0)) } <= shared
    }

    /// Whether every use is within what is granted, on each of these days, and has a seat where it takes one.
    func isAllowed(on days: some Sequence<Int>) -> Bool {
        days.allSatisfy { day in
            ["all", "rome"].allSatisfy { pool in
                let seats = held.values.filter {
                    $0.isOn(day) && $0.location.pool == pool && ($0.redeemed ?? .max) <= day
                }
                .reduce(0) { $0 + $1.program.suites }
                let users = uses.values.filter { $0.isCloud && $0.isOn(day) && $0.location.pool == pool }.count
                return fits(pool, on: day) && users <= seats
            }
        }
    }

    func isInForce(_ id: String, on day: Int) -> Bool { held[id]?.isOn(day) ?? false }

    // MARK: A statement

    /// What a statement as of a day says, a line for each figure.
    func lines(on day: Int) -> [String] {
        let granted = granted(on: day)
        var lines: [String] = []
        for enrollment in held.values where enrollment.isOn(day) {
            let grant = granted[enrollment.id] ?? (0, 0)
            lines.append("\(enrollment.id) grants \(grant.suites) and \(grant.credit)")
            if enrollment.program.suites > grant.suites { lines.append("\(enrollment.id) tokens.beyond-grant") }
        }
        for pool in ["all", "rome"] {
            let mine = held.values.filter { $0.isOn(day) && $0.location.pool == pool }
            let using = uses.values.filter { $0.isOn(day) && $0.location.pool == pool }
            if !mine.isEmpty || !using.isEmpty {
                let earned = mine.reduce(0) { $0 + $1.program.suites }
                let given = mine.reduce(0) { $0 + (granted[$1.id]?.suites ?? 0) }
                let counted = using.filter(\.isCounted)
                let cloud = counted.filter(\.isCloud).count
                lines.append(
                    "\(pool) suites \(given) of \(earned), cloud \(cloud), on-premises \(counted.count - cloud), "
                        + "exempt \(using.count - counted.count)"
                )
                for country in Set(counted.map(\.location.country)) {
                    lines.append("\(pool) \(country) uses \(counted.filter { $0.location.country == country }.count)")
                }
            }
            if !mine.isEmpty { lines.append("\(pool) credit 100") }
            let seats = held.values.filter { ($0.redeemed ?? .max) <= day && $0.location.pool == pool }
            if !seats.isEmpty {
                let users = uses.values.filter { $0.isCloud && $0.isOn(day) && $0.location.pool == pool }.count
                lines.append("\(pool) seats \(seats.reduce(0) { $0 + $1.program.suites }), users \(users)")
            }
        }
        let issued = held.values.filter { $0.start <= day }
        let redeemed = issued.filter { ($0.redeemed ?? .max) <= day }.count
        let void = issued.filter { ($0.redeemed ?? .max) > day && !$0.isOn(day) }.count
        lines.append("tokens \(issued.count - redeemed - void), \(redeemed), \(void)")
        return lines.sorted()
    }
}
