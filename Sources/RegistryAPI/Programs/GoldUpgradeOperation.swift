public import Registry

/// What going from silver to gold costs; nothing is changed by asking.
public enum QuoteGoldUpgradeOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/enrollments/{enrollment}/upgrade",
        "quoteGoldUpgrade",
        "Tell what going from silver to gold costs"
    )

    public struct Input: Codable, Sendable {
        public var enrollment: String
        /// The day of the purchase; nil for today.
        public var on: String?
        /// In the currency's minor unit; needed for the difference at Partner Membership Center.
        public var silverFee: Int?
        /// In the currency's minor unit.
        public var goldFee: Int

        public init(enrollment: String, on: String? = nil, silverFee: Int? = nil, goldFee: Int) {
            self.enrollment = enrollment
            self.on = on
            self.silverFee = silverFee
            self.goldFee = goldFee
        }
    }

    public struct Output: Codable, Sendable {
        public let enrollmentId: String
        public let portal: String
        public let purchasedOn: String
        /// In the currency's minor unit.
        public let amountDue: Int
        public let anniversary: String
    }

    public static func perform(_ input: Input, in call: Call) async throws -> Output {
        let quote = try await call.answer(
            GoldUpgradeQuery(
                enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
                on: try input.on.map { try WireText.date($0, "on") },
                silverFee: input.silverFee,
                goldFee: input.goldFee
            )
        )
        return Output(
            enrollmentId: quote.enrollmentID.value,
            portal: quote.portal.rawValue,
            purchasedOn: quote.purchasedOn.description,
            amountDue: quote.upgrade.amountDue,
            anniversary: quote.upgrade.anniversary.description
        )
    }
}

/// R09: gold takes silver's place.
public enum UpgradeToGoldOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/enrollments/{enrollment}/upgrade",
        "upgradeToGold",
        "Record that gold takes the place of a silver competency"
    )

    public typealias Input = QuoteGoldUpgradeOperation.Input

    public struct Output: Codable, Sendable {
        public let enrollmentId: String
        public let organizationId: String
        public let portal: String
        public let purchasedOn: String
        /// In the currency's minor unit.
        public let amountDue: Int
        public let anniversary: String
        /// The gold enrollment.
        public let successorId: String
        public let year: ProgramYear
        public let issued: [String]
        /// Silver's tokens that nobody had redeemed, void from the purchase on.
        public let voided: [String]
        public let auditSequence: Int64
        public let dryRun: Bool
    }

    public static func perform(_ input: Input, in call: Call) async throws -> Output {
        let answer = try await call.perform(
            UpgradeToGold(
                enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
                on: try input.on.map { try WireText.date($0, "on") },
                silverFee: input.silverFee,
                goldFee: input.goldFee
            )
        )
        let gold = answer.gold.enrollment
        return Output(
            enrollmentId: answer.silver.value,
            organizationId: gold.organizationID.value,
            portal: answer.portal.rawValue,
            purchasedOn: answer.purchasedOn.description,
            amountDue: answer.amountDue,
            anniversary: gold.year.anniversary.description,
            successorId: gold.id.value,
            year: gold.year,
            issued: answer.gold.tokens.map(\.description),
            voided: answer.voided.map(\.description),
            auditSequence: answer.auditSequence,
            dryRun: call.options.isDryRun
        )
    }
}
