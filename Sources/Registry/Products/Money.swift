/// An amount of money, in a currency that goes without saying: digits, and at most two decimals.
public struct Money: Hashable, Sendable {
    /// Hundredths of the currency; not negative.
    public let cents: Int

    init(cents: Int) {
        self.cents = cents
    }
}

extension Money: TextValue {
    public static let form = TextForm(
        "it is an amount such as 120 or 120.50",
        describedAs: "An amount of money, with two decimals.",
        example: "120.50",
        pattern: "^[0-9]{1,9}(\\.[0-9]{1,2})?$"
    )

    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count == 2 ? parts[1] : "0"
        guard let whole = parts.first, (1...9).contains(whole.utf8.count), (1...2).contains(decimals.utf8.count),
            (whole + decimals).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let cents = Int(whole + decimals + (decimals.utf8.count == 1 ? "0" : ""))
        else { return nil }
        self.init(cents: cents)
    }

    public var description: String { "\(cents / 100).\(padded(cents % 100, to: 2))" }
}
