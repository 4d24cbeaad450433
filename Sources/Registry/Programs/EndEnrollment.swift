/// Ends an enrollment during its year: from that day on its benefits do not count, and its unredeemed tokens are void.
public struct EndEnrollment: RegistryCommand {
    public static let action = "enrollment.end"
    public static let summary = "End an enrollment during its year"

    let enrollment: EnrollmentID
    /// The first day without the enrollment.
    let on: CalendarDate

    public var subjectOfRefusal: String { enrollment.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .administrator)
    }

    public func run(on enrollment: Enrollment, in context: CommandContext) throws -> EnrollmentResource {
        let transaction = context.transaction
        let id = enrollment.id
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        let day = try context.day(stated: on, in: organization)
        if let ending = enrollment.ending {
            throw Refusal(
                .enrollmentEnded,
                "The enrollment \(id) has been \(ending.kind.rawValue) since \(ending.on).",
                facts: ["enrollmentId": id, "endedOn": ending.on]
            )
        }
        guard day >= enrollment.year.startsOn else {
            throw Refusal(
                .dateTooEarly,
                "The enrollment \(id) began on \(enrollment.year.startsOn); it cannot end on \(day).",
                facts: ["earliest": enrollment.year.startsOn]
            )
        }
        try transaction.checkEnding(of: id, on: day)
        let earlier = try GrantHistory(of: organization, reading: transaction)
        try transaction.end(id, Enrollment.Ending(kind: .ended, on: day), recordedAt: context.now)
        try context.record(Self.action, subject: id.value, changes: ["on": .text(day.description)])
        let ended = try transaction.requireEnrollment(id)
        let history = try GrantHistory(of: organization, reading: transaction)
        return try transaction.resource(
            of: ended,
            history: history,
            on: context.today(in: organization),
            changes: earlier.changes(to: history, by: [id])
        )
    }
}
