/// Whether a location may be enrolled in a programme.
struct EnrollmentEligibility {
    let program: Program
    let location: Location
    let organization: Organization
    let startsOn: CalendarDate
    /// All that the organisation ever held.
    let held: [Enrollment]

    /// - Throws: `Refusal`.
    func check() throws {
        switch program.kind {
        case .additionalBenefitToolkit: try checkToolkit()
        case .cloudAccelerate: try checkCloudAccelerate()
        case .actionPack, .silverCompetency, .goldCompetency, .learningCompetency: break
        }
    }

    private var inForce: [Enrollment] {
        held.filter { $0.isInForce(on: startsOn, portal: organization.portal) }
    }

    /// R11: only an associated location with a competency of its own, once, and only while toolkits were sold.
    private func checkToolkit() throws {
        let own = inForce.filter { $0.locationID == location.id }
        try AdditionalBenefitToolkit.check(
            AdditionalBenefitToolkit.Candidate(
                location: location.id.value,
                isHeadquarters: location.isHeadquarters,
                isAssociated: location.isAssociated,
                hasOwnCompetency: own.contains { $0.programKind.isCompetency },
                hasToolkit: own.contains { $0.programKind == .additionalBenefitToolkit }
            ),
            startsOn: startsOn
        ).get()
    }

    /// R44: needs an Action Pack or a competency that is in force.
    private func checkCloudAccelerate() throws {
        try CloudAccelerate.check(
            hasActionPack: inForce.contains { $0.programKind == .actionPack },
            hasCompetency: inForce.contains { $0.programKind.isCompetency }
        ).get()
    }
}
