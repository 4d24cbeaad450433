import Registry

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
        /// In the currency's minor unit.
        public var silverFee: Int
        /// In the currency's minor unit.
        public var goldFee: Int

        public init(enrollment: String, on: String? = nil, silverFee: Int, goldFee: Int) {
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
