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
        guard !location.isHeadquarters else {
            throw refusal(.r11, "the headquarters cannot hold a toolkit; only an associated location can")
        }
        guard location.isAssociated else {
            throw refusal(.r11, "\(location.id) is not associated with the headquarters")
        }
        let own = inForce.filter { $0.locationID == location.id }
        guard own.contains(where: { $0.programKind.isCompetency }) else {
            throw refusal(.r11, "\(location.id) holds no competency of its own on \(startsOn)")
        }
        guard !own.contains(where: { $0.programKind == .additionalBenefitToolkit }) else {
            throw refusal(.r11, "\(location.id) holds a toolkit already, and a location has one set of core benefits")
        }
    }

    /// R44: needs an Action Pack or a competency that is in force.
    private func checkCloudAccelerate() throws {
        guard inForce.contains(where: { $0.programKind == .actionPack || $0.programKind.isCompetency }) else {
            throw refusal(.r44, "it needs an active Action Pack or competency, and there is none on \(startsOn)")
        }
    }

    private func refusal(_ rule: Rule, _ reason: String) -> Refusal {
        Refusal(
            .programNotAvailable,
            rule: rule,
            "\(organization.id) cannot enrol \(location.id) in \(program.id): \(reason).",
            facts: [.init("program", .text(program.id.value)), .init("locationId", .text(location.id.value))]
        )
    }
}
