/// What a renewal did. It is kept, so that applying it again gives the same answer.
public struct AppliedRenewal: Hashable, Sendable {
    /// What was answered, before anything of the placement was carried out or any of the portal's codes arrived.
    public let answer: RenewalResource
    /// The tokens that the entitlement brings, in the order of the plan.
    public let planned: [RenewalPlan.Issue]
    /// R36: which tenant is signed up again for which service.
    public let signUps: [RenewalPlan.SignUp]

    public init(answer: RenewalResource, planned: [RenewalPlan.Issue], signUps: [RenewalPlan.SignUp]) {
        self.answer = answer
        self.planned = planned
        self.signUps = signUps
    }
}

/// What became of a renewal's placement.
public struct CarriedOut: Hashable, Sendable {
    public let redemptions: [RedemptionResource]
    public let signUps: [RenewalPlan.SignUp]

    public init(redemptions: [RedemptionResource], signUps: [RenewalPlan.SignUp]) {
        self.redemptions = redemptions
        self.signUps = signUps
    }

    public static let nothing = CarriedOut(redemptions: [], signUps: [])
}
