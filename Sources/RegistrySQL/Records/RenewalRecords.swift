import Registry

/// `renewals.answer`: what was published when the renewal was applied.
struct RenewalRecord: StoredRecord {
    static let version = 1

    let answer: RenewalResource
    let planned: [RenewalPlan.Issue]
    let signUps: [RenewalPlan.SignUp]

    init(_ renewal: AppliedRenewal) {
        answer = renewal.answer
        planned = renewal.planned
        signUps = renewal.signUps
    }

    var value: AppliedRenewal { AppliedRenewal(answer: answer, planned: planned, signUps: signUps) }
}

/// `renewal_redemptions.answer`: what was published when the renewal's redemptions were carried out.
struct CarriedOutRecord: StoredRecord {
    static let version = 1

    let redemptions: [RedemptionResource]
    let signUps: [RenewalPlan.SignUp]

    init(_ outcome: CarriedOut) {
        redemptions = outcome.redemptions
        signUps = outcome.signUps
    }

    var value: CarriedOut { CarriedOut(redemptions: redemptions, signUps: signUps) }
}
