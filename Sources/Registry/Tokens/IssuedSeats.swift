/// R12: the seats of the tokens that a portal issued for an enrollment, held against what it grants.
public struct IssuedSeats: Hashable, Sendable {
    /// What the enrollment grants of each product line.
    public let granted: [ProductLine: Int]
    /// The product line of each SKU that the enrollment grants tokens of.
    public let lines: [SKUPartNumber: ProductLine]
    /// The seats of the tokens that are taken, by product line.
    public private(set) var seats: [ProductLine: Int] = [:]
    /// The seats of SKUs that the enrollment grants no tokens of.
    public private(set) var ungranted: [SKUPartNumber: Int] = [:]

    /// - Parameters:
    ///   - benefits: the enrollment's.
    ///   - granted: what it grants of each product line.
    public init(benefits: some Sequence<Benefit>, granted: [ProductLine: Int]) {
        self.granted = granted
        lines = Dictionary(
            benefits.compactMap { benefit in benefit.tokens.map { ($0.skuPartNumber, benefit.product) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Why tokens are not those that the enrollment grants.
    public enum Excess: Error, Hashable, Sendable {
        /// R12: `present` seats of `granted` are there, and fewer are left than the token has.
        case beyondGrant(ProductLine, granted: Int, present: Int)
        /// R12: the enrollment grants no tokens of the SKU.
        case notGranted(SKUPartNumber)
        /// R36: the service has no tokens.
        case hasNoTokens(SKUPartNumber)

        public var rule: Rule {
            switch self {
            case .beyondGrant, .notGranted: .r12
            case .hasNoTokens: .r36
            }
        }

        public var code: RefusalCode {
            switch self {
            case .beyondGrant: .entitlementExceeded
            case .notGranted, .hasNoTokens: .tokenNotGranted
            }
        }

        /// What is wrong with a token of `seats` seats of `enrollment`.
        public func sentence(seats: Int, enrollment: EnrollmentID) -> String {
            switch self {
            case .beyondGrant(let product, let granted, let present):
                "\(seats) seats more would make \(present.clampedSum(seats)) of \(product); \(enrollment) grants "
                    + "\(granted)."
            case .notGranted(let sku): "\(enrollment) grants no tokens of \(sku)."
            case .hasNoTokens(let sku): "\(sku) has no tokens; it is activated by a sign-up."
            }
        }
    }

    /// R12, R36: whether one more token fits.
    public func check(_ seats: Int, of sku: SKUPartNumber) -> Result<Void, Excess> {
        guard sku != ProgramSKUs.intune else { return .failure(.hasNoTokens(sku)) }
        guard let product = lines[sku] else { return .failure(.notGranted(sku)) }
        let present = self.seats[product] ?? 0
        let granted = granted[product] ?? 0
        guard present.clampedSum(seats) <= granted else {
            return .failure(.beyondGrant(product, granted: granted, present: present))
        }
        return .success(())
    }

    /// Takes tokens, whether they fit or not.
    public mutating func add(_ seats: Int, of sku: SKUPartNumber) {
        if let product = lines[sku] {
            self.seats[product] = (self.seats[product] ?? 0).clampedSum(seats)
        } else {
            ungranted[sku] = (ungranted[sku] ?? 0).clampedSum(seats)
        }
    }

    /// What is beyond the grant, as warnings; none where all of it is granted.
    public func warnings(of enrollment: EnrollmentID) -> [Warning] {
        let beyond = seats.sorted { $0.key < $1.key }.filter { $0.value > granted[$0.key] ?? 0 }.map { product, seats in
            Warning(
                code: "tokens.beyond-grant",
                rule: .r12,
                detail: "The tokens of \(enrollment) are worth \(seats) seats of \(product), and it grants "
                    + "\(granted[product] ?? 0)."
            )
        }
        return beyond
            + ungranted.sorted { $0.key < $1.key }.map { sku, seats in
                Warning(
                    code: "tokens.not-granted",
                    rule: sku == ProgramSKUs.intune ? .r36 : .r12,
                    detail:
                        "The tokens of \(enrollment) are worth \(seats) seats of \(sku), of which it grants no tokens."
                )
            }
    }
}

extension RegistryReading {
    /// The seats of an enrollment's tokens as of `day`, held against what it grants then.
    func issuedSeats(of enrollment: Enrollment, history: GrantHistory, asOf day: CalendarDate) throws -> IssuedSeats {
        var issued = history.issuedSeats(of: enrollment, on: [day])
        for (sku, seats) in try tokenSeats(of: enrollment.id, asOf: day) { issued.add(seats, of: sku) }
        return issued
    }
}

extension GrantHistory {
    /// No seats yet, held against the most that the enrollment grants on one of `days`.
    func issuedSeats(of enrollment: Enrollment, on days: [CalendarDate]) -> IssuedSeats {
        let found = days.flatMap { grants(of: enrollment, nearest: $0) }
        return IssuedSeats(
            benefits: benefits(of: enrollment.id),
            granted: Dictionary(found.map { ($0.product, $0.granted) }, uniquingKeysWith: max)
        )
    }
}
