/// Corrects what was recorded of a location, or closes it.
public struct CorrectLocation: RegistryCommand {
    public static let action = "location.correct"
    public static let summary = "Correct a location"

    let organization: OrganizationID
    let location: LocationID
    var name: KeptText?
    var country: CountryCode?
    /// R03: whether it takes part in the organisation's sharing.
    var associated: Bool?
    /// The first day without it.
    var closedOn: CalendarDate?
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> CorrectionResource {
        let known = try context.transaction.requireLocation(location, of: organization.id)
        let country = country ?? known.country
        let associated = associated ?? known.isAssociated
        if known.isHeadquarters { try checkHeadquarters(known) }
        if country != known.country || associated != known.isAssociated {
            try UseCorrection(of: known, in: organization, context: context).check()
        }
        if let closedOn { try checkClosing(known, on: closedOn, of: organization, in: context) }
        return try context.correct(
            organization.id.value,
            of: organization,
            action: Self.action,
            [
                (
                    .location(known.id, of: organization.id),
                    [
                        FieldChange("name", .init(known.name), .init(name?.text ?? known.name)),
                        FieldChange("country", .init(known.country), .init(country)),
                        FieldChange("associated", .flag(known.isAssociated), .flag(associated)),
                        FieldChange("closedOn", .init(known.closedOn), .init(closedOn ?? known.closedOn)),
                    ]
                )
            ],
            on: closedOn ?? on,
            reason: reason
        )
    }

    private func checkHeadquarters(_ known: Location) throws {
        guard country != nil && country != known.country || associated == false || closedOn != nil else { return }
        throw Refusal(
            .inputInvalid,
            "\(known.id) is the headquarters: its country is the organisation's (correct that), and it is neither closed "
                + "nor left out.",
            facts: ["organizationId": known.organizationID, "locationId": known.id]
        )
    }

    /// A location is closed when nothing of it is in use any more.
    private func checkClosing(
        _ known: Location,
        on day: CalendarDate,
        of organization: Organization,
        in context: CommandContext
    ) throws {
        let day = try context.day(stated: day, in: organization)
        let transaction = context.transaction
        let open = try transaction.openAssignments(
            AssignmentFilter(organizationID: organization.id, locationID: known.id),
            after: nil,
            limit: 1
        )
        if let assignment = open.first {
            throw Refusal(
                .locationInUse,
                "\(known.id) cannot be closed: \(assignment.user) still holds \(assignment.sentence) there. Release or "
                    + "switch its users first.",
                facts: ["locationId": known.id, "userPrincipalName": assignment.user]
            )
        }
        if let enrollment = try transaction.enrollments(of: organization.id).first(where: {
            $0.locationID == known.id && $0.isInForce(on: day, portal: organization.portals)
        }) {
            throw Refusal(
                .locationInUse,
                "\(known.id) cannot be closed on \(day): its enrollment \(enrollment.id) is in force then. End it first.",
                facts: ["locationId": known.id, "enrollmentId": enrollment.id]
            )
        }
    }
}

/// Whether where a location is, or whom it shares with, can be corrected: what is used there counts by it.
struct UseCorrection {
    let location: Location
    let organization: Organization
    let context: CommandContext

    init(of location: Location, in organization: Organization, context: CommandContext) {
        self.location = location
        self.organization = organization
        self.context = context
    }

    /// R02, R03, R05: refused once seats or licences were counted there, since each of their days would have to be asked
    /// for again under other maxima.
    func check() throws {
        let transaction = context.transaction
        let used = try transaction.hasAssignments(at: location.id, of: organization.id)
        let redeemed = try transaction.enrollments(of: organization.id)
            .contains { try $0.locationID == location.id && !transaction.seatBlocks(of: $0.id).isEmpty }
        guard used || redeemed else { return }
        throw Refusal(
            .locationInUse,
            rule: .r02,
            "The country of \(location.id) and whether it shares cannot be corrected: seats or licences were counted there. "
                + "Add a location as it should be, and assign its users there from today on.",
            facts: ["organizationId": organization.id, "locationId": location.id]
        )
    }
}
