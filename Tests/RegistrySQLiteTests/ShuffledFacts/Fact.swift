/// Something that happened at one organisation on a day, counted from ``Fact/firstDay``.
struct Fact {
    enum Kind {
        /// A year begins, and the portal issues its one token.
        case enroll(String, program: FactProgram, location: FactLocation)
        /// The first day without the enrollment.
        case end(String)
        case signUp
        /// The enrollment's token.
        case redeem(String)
        case assign(Int, location: FactLocation, isCloud: Bool, isCounted: Bool)
        case release(Int, isCloud: Bool)
    }

    let kind: Kind
    let day: Int

    static let firstDay = "2025-07-01"
    static let domain = "onmicrosoft.com"
}

/// A programme of the test's own, with an Azure credit of 100.
struct FactProgram {
    let id: String
    let isLocal: Bool
    let suites: Int
    let countryMaximum: Int
    let worldwideMaximum: Int

    static let all = [
        FactProgram(id: "pack", isLocal: true, suites: 5, countryMaximum: 20, worldwideMaximum: 40),
        FactProgram(id: "silver", isLocal: false, suites: 25, countryMaximum: 60, worldwideMaximum: 80),
        FactProgram(id: "gold", isLocal: false, suites: 40, countryMaximum: 90, worldwideMaximum: 120),
    ]
}

struct FactLocation: Hashable {
    let id: String
    let country: String
    /// R03: shares nothing.
    let isApart: Bool

    static let all = [
        FactLocation(id: "hq", country: "DE", isApart: false),
        FactLocation(id: "lyon", country: "FR", isApart: false),
        FactLocation(id: "rome", country: "IT", isApart: true),
    ]

    /// Whose entitlement it takes from: `rome` its own, the others the organisation's.
    var pool: String { isApart ? id : "all" }
}
