/// Whether a location may be enrolled in a programme.
struct EnrollmentEligibility {
    let program: Program
    let location: Location
    let organization: Organization
    let startsOn: CalendarDate
    /// All that the organisation ever held.
    let held: [Enrollment]

    /// R11, R44.
    /// - Throws: `Refusal`.
    func check() throws {
        try location.checkOpen(on: startsOn)
        let inForce = held.filter { $0.isInForce(on: startsOn, portal: organization.portals) }
        switch program.kind {
        case .additionalBenefitToolkit:
            let own = inForce.filter { $0.locationID == location.id }.map(\.programKind)
            try AdditionalBenefitToolkit.check(location, holding: own, startsOn: startsOn)
        case .cloudAccelerate: try CloudAccelerate.check(holding: inForce.map(\.programKind))
        case .actionPack, .silverCompetency, .goldCompetency, .learningCompetency: break
        }
    }
}
