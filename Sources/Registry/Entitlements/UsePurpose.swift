/// What a licence is used for.
public enum UsePurpose: String, Choice {
    public static let summary = "What a licence or seat is used for."

    case internalUse = "internal-use"
    case demonstration
    case training
    case evaluation

    /// R01: reads a purpose as it is recorded, and refuses every other one (`purpose.not-allowed`).
    public init(_ text: String) throws {
        if let purpose = UsePurpose(rawValue: text) {
            self = purpose
            return
        }
        let allowed = Self.allCases.map(\.rawValue)
        let near = nearNames(to: text, among: allowed, limit: 1).first.map { " Did you mean \($0)?" } ?? ""
        throw Refusal(
            .purposeNotAllowed,
            rule: .r01,
            "The purpose \"\(text)\" is not allowed: licences of the programme are for the organisation's own "
                + "work, for demonstrations to customers and for training its staff, and never for earning money. "
                + "Use one of: \(allowed.joined(separator: ", ")).\(near)",
            facts: ["purpose": text, "allowedPurposes": allowed]
        )
    }

    /// R06: demonstration and training do not count.
    ///
    /// Evaluation counts: R06 does not exempt it, and the subscription that it uses (R20) is taken as long as it lasts.
    public var countsAgainstEntitlement: Bool {
        switch self {
        case .internalUse, .evaluation: true
        case .demonstration, .training: false
        }
    }

    /// Whether a use takes something from the entitlement.
    ///
    /// R06 exempts two purposes; R42 exempts what was bought outside the programme, whatever its purpose.
    public func countsAgainstEntitlement(boughtOutsideProgram: Bool) -> Bool {
        !boughtOutsideProgram && countsAgainstEntitlement
    }

    /// R20: the right to evaluate comes with MSDN subscriptions; with any other line it is refused
    /// (`purpose.not-allowed`).
    public func checkRight(for product: ProductLine) -> Result<Void, Refusal> {
        guard self == .evaluation, product != .msdn else { return .success(()) }
        return .failure(
            Refusal(
                .purposeNotAllowed,
                rule: .r20,
                "\(product) cannot be recorded for evaluation: the right to evaluate software comes with an MSDN "
                    + "subscription. Record the use under the product line \(ProductLine.msdn).",
                facts: ["purpose": rawValue, "product": product]
            )
        )
    }
}
