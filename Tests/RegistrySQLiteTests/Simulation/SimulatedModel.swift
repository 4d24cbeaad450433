/// The rules once more, as plainly as can be, for the simulator: nothing of it comes from the code under test. Days are
/// numbers, counted from the simulation's first.
struct SimulatedModel: Equatable {
    struct Enrollment: Equatable {
        let organization: Int
        let start: Int
        let suites: Int
        /// The first day without it.
        var end: Int?
        var lastDay: Int { start + 364 }

        /// Its benefits count in its year, and in the 30 days after it.
        func grants(on day: Int) -> Bool { start <= day && day <= min(lastDay + 30, (end ?? .max) - 1) }
    }

    struct Token: Equatable {
        let enrollment: Int
        let seats: Int
        let code: Int?
        var redemption: Redemption?
    }

    struct Redemption: Equatable {
        let day: Int
        let tenant: Int
        /// The day 12 months later.
        let serviceEnd: Int
    }

    struct Tenant: Equatable {
        let organization: Int
        let signedUp: Int
    }

    struct Use: Equatable {
        let organization: Int
        /// Nil for a licence on-premises.
        let tenant: Int?
    }

    private(set) var organizations: Set<Int> = []
    private(set) var enrollments: [Int: Enrollment] = [:]
    /// By their numbers.
    private(set) var tokens: [Int: Token] = [:]
    private(set) var tenants: [Int: Tenant] = [:]
    private(set) var uses: [Int: Use] = [:]
    var day = 0

    // MARK: What an operation does, or why not

    /// Carries out `operation`.
    /// - Returns: the codes that it may be refused with; empty where it has to be done.
    mutating func apply(_ operation: SimulatedOperation) -> Set<String> {
        let before = self
        var reasons: Set<String> = []
        switch operation.kind {
        case .addOrganization(let id):
            if !organizations.insert(id).inserted { reasons = ["identifier.taken"] }
        case .enroll(let id, let organization, let start, let suites):
            if enrollments[id] != nil { reasons = ["identifier.taken"] }
            enrollments[id] = Enrollment(organization: organization, start: start, suites: suites)
            tokens[tokens.count + 1] = Token(enrollment: id, seats: suites, code: nil)
        case .importToken(let enrollment, let code):
            // Nobody else's code is named, but it is taken all the same.
            if tokens.values.contains(where: { $0.code == code }) { reasons = ["code.taken", "import.invalid"] }
            if let end = enrollments[enrollment]?.end, end <= day { reasons.insert("enrollment.ended") }
            tokens[tokens.count + 1] = Token(enrollment: enrollment, seats: 5, code: code)
        case .signUp(let domain, let organization):
            // R51: a domain belongs to one tenant.
            if let there = tenants[domain] {
                reasons = [there.organization == organization ? "identifier.taken" : "domain.taken"]
            }
            tenants[domain] = Tenant(organization: organization, signedUp: day)
        case .redeem(let number, let tenant): reasons = redeem(number, tenant)
        case .assign(let user, let tenant): reasons = assign(user, tenant)
        case .license(let user, let organization):
            let id = user * 100 + organization
            if uses[id] != nil { reasons.insert("assignment.exists") }
            if used(by: organization) >= entitlement(of: organization) { reasons.formUnion(Self.noRoom) }
            uses[id] = Use(organization: organization, tenant: nil)
        case .release(let user, let organization):
            if uses.removeValue(forKey: user * 100 + organization) == nil { reasons = ["assignment.not-found"] }
        case .end(let id):
            reasons = end(id)
        case .advance(let days): day += days
        }
        if operation.isByStranger { reasons = ["access.denied"] }
        if !reasons.isEmpty { self = before }
        return reasons
    }

    private static let noRoom: Set<String> = [
        "entitlement.exceeded", "entitlement.country-maximum", "entitlement.worldwide-maximum",
    ]

    private mutating func redeem(_ number: Int, _ tenant: Int) -> Set<String> {
        guard let token = tokens[number], let held = enrollments[token.enrollment], let place = tenants[tenant] else {
            return ["token.not-found", "tenant.not-found"]
        }
        if token.redemption != nil { return ["token.already-redeemed"] }
        if held.organization != place.organization { return ["token.other-organization"] }
        if day > min(held.lastDay, (held.end ?? .max) - 1) { return ["token.void"] }
        if day < held.start { return ["date.too-early"] }
        tokens[number]?.redemption = Redemption(day: day, tenant: tenant, serviceEnd: SimulatedDay(day).aYearLater)
        return []
    }

    private mutating func assign(_ user: Int, _ tenant: Int) -> Set<String> {
        guard let place = tenants[tenant] else { return ["tenant.not-found"] }
        let id = user * 100 + place.organization
        if uses[id] != nil { return ["assignment.exists"] }
        var reasons: Set<String> = []
        if used(by: place.organization) >= entitlement(of: place.organization) { reasons.formUnion(Self.noRoom) }
        if users(of: tenant) >= usableSeats(of: tenant) {
            reasons.formUnion(["seats.exhausted", "seats.unlicensed", "seats.out-of-service"])
        }
        uses[id] = Use(organization: place.organization, tenant: tenant)
        return reasons
    }

    private mutating func end(_ id: Int) -> Set<String> {
        guard let held = enrollments[id] else { return ["enrollment.not-found"] }
        var reasons: Set<String> = []
        if held.end != nil { reasons.insert("enrollment.ended") }
        let redeemed = tokens.values.filter { $0.enrollment == id }.compactMap { $0.redemption?.day }.max()
        if day < held.start || redeemed.map({ day <= $0 }) == true { reasons.insert("date.too-early") }
        enrollments[id]?.end = day
        return reasons
    }

    // MARK: What follows

    func entitlement(of organization: Int) -> Int {
        enrollments.values.filter { $0.organization == organization && $0.grants(on: day) }.reduce(0) { $0 + $1.suites }
    }

    func used(by organization: Int) -> Int { uses.values.count { $0.organization == organization } }

    private func users(of tenant: Int) -> Int { uses.values.count { $0.tenant == tenant } }

    /// In service, and licensed.
    private func usableSeats(of tenant: Int) -> Int {
        tokens.values.reduce(0) { sum, token in
            guard let redemption = token.redemption, redemption.tenant == tenant, day <= redemption.serviceEnd,
                enrollments[token.enrollment]?.grants(on: day) == true
            else { return sum }
            return sum + token.seats
        }
    }

    /// What an organisation's statement as of today says, a line for each figure.
    func lines(of organization: Int) -> [String] {
        // Those of a year that has not begun are not issued yet.
        let mine = tokens.values.filter { token in
            enrollments[token.enrollment].map { $0.organization == organization && $0.start <= day } ?? false
        }
        let redeemed = mine.count { $0.redemption != nil }
        let isVoid = { (token: Token) in
            guard let held = enrollments[token.enrollment] else { return true }
            return token.redemption == nil && day > min(held.lastDay, (held.end ?? .max) - 1)
        }
        let void = mine.count(where: isVoid)
        let cloud = uses.values.count { $0.organization == organization && $0.tenant != nil }
        return [
            "entitlement \(entitlement(of: organization))",
            "used \(cloud) and \(used(by: organization) - cloud)",
            "tokens \(mine.count - redeemed - void), \(redeemed), \(void)",
        ]
    }
}

/// A day of the calendar, reckoned apart from the code under test (days of the civil calendar from 2026-01-01).
struct SimulatedDay {
    let number: Int
    init(_ number: Int) { self.number = number }

    private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    /// Year, month from 0, day from 1.
    private var parts: (year: Int, month: Int, day: Int) {
        var (year, rest) = (2026, number)
        while rest < 0 {
            year -= 1
            rest += Self.isLeap(year) ? 366 : 365
        }
        while rest >= (Self.isLeap(year) ? 366 : 365) {
            rest -= Self.isLeap(year) ? 366 : 365
            year += 1
        }
        var month = 0
        while true {
            let length = Self.lengths[month] + (month == 1 && Self.isLeap(year) ? 1 : 0)
            if rest < length { return (year, month, rest + 1) }
            rest -= length
            month += 1
        }
    }

    var text: String {
        let (year, month, day) = parts
        return "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day < 10 ? "0" : "")\(day)"
    }

    /// The same calendar day of the next year; of 29 February it is 28.
    var aYearLater: Int {
        let (year, month, day) = parts
        if month == 1 && day == 29 { return number + 365 }
        let passesLeapDay = month > 1 ? Self.isLeap(year + 1) : Self.isLeap(year)
        return number + (passesLeapDay ? 366 : 365)
    }
}
