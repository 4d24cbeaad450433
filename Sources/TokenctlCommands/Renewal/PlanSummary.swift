import Registry

/// What plans come to, in a sentence for whoever wrote them to a file.
struct PlanSummary {
    private(set) var plans = 0
    private var issued = 0
    private var seats = 0
    private var voided = 0
    private var lapsing = 0

    init(_ plans: [RenewalPlan]) {
        add(plans)
    }

    mutating func add(_ plans: [RenewalPlan]) {
        for plan in plans {
            self.plans += 1
            issued += plan.issue.count
            seats = plan.issue.reduce(seats) { $0.clampedSum($1.seats) }
            voided += plan.void.count
            lapsing = plan.uncovered.reduce(lapsing) { $0.clampedSum($1.users.count) }
        }
    }

    /// `4 tokens with 100 seats to issue, 1 token to void, no user lapses`
    var text: String {
        "\(counted(issued, "token")) with \(counted(seats, "seat")) to issue, \(counted(voided, "token")) to void, "
            + (lapsing == 0 ? "no user lapses" : "\(counted(lapsing, "user")) without a seat")
    }
}
