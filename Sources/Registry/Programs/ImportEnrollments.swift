/// Adds the enrollments of a file, those that ended included, as one step.
public struct ImportEnrollments: RowBatch {
    public static let action = "enrollment.import"
    public static let summary = "Add the enrollments of a file, in one step"
    public static let permission = Permission.administrator

    public typealias Row = ImportEnrollment

    /// Of rows that name none.
    public var organization: OrganizationID?
    /// CSV or NDJSON with the columns of the list of enrollments.
    public var file: UploadedFile = .absent

    private enum CodingKeys: CodingKey {
        case organization
    }

    public var defaults: [String: (any CustomStringConvertible)?] { ["organization": organization] }
}

/// An enrollment as it is listed: one that was held before the registry was, perhaps with an ending and a predecessor.
public struct ImportEnrollment: BatchedRow {
    public static let action = AddEnrollment.action
    public static let summary = AddEnrollment.summary

    let organization: OrganizationID
    let program: ProgramID
    /// Nil for the headquarters.
    var location: LocationID?
    var competency: KeptText?
    let startsOn: CalendarDate
    /// What the row says the year's last day is; nil where it says nothing.
    var endsOn: CalendarDate?
    /// Nil lets the registry choose one.
    var id: EnrollmentID?
    var mintsTokens: Bool?
    /// How it ended, and the first day without it; nil for one that did not, or by the calendar alone.
    var ending: Enrollment.Ending.Kind?
    var endedOn: CalendarDate?
    /// The enrollment that it took the place of, which the registry has.
    var predecessorId: EnrollmentID?

    public static let columns: [RowColumn] =
        [
            .field("organization", "organizationId", "org", isRequired: true),
            .field("program", isRequired: true),
            .field("location", "locationId"),
            .field("competency"),
            .field("startsOn", "start", isRequired: true),
            .field("endsOn"),
            .field("id"),
            .field("mintsTokens"),
            .field("ending"),
            .field("endedOn"),
            .field("predecessorId"),
        ] + .derived("status", "grants", "tokens", "changes", "dryRun")

    /// Whoever takes another's place comes after it.
    public var day: CalendarDate? { startsOn }

    public var subjectOfRefusal: String { organization.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .administrator)
    }

    public static func part(_ enrollment: EnrollmentResource) -> String {
        "enrollments of \(enrollment.organizationId) in \(enrollment.program)"
    }

    public func isThere(on organization: Organization, in context: CommandContext) throws -> Bool {
        guard let id, let known = try context.transaction.enrollment(id), known.organizationID == organization.id else {
            return false
        }
        func text(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "" }
        try RowMatch(
            name: "The enrollment \(id)",
            fields: [
                ("program", known.programID.value, program.value),
                ("location", known.locationID.value, location?.value),
                ("competency", text(known.competency), competency?.text),
                ("startsOn", known.year.startsOn.description, startsOn.description),
                ("endsOn", known.year.endsOn.description, endsOn?.description),
                ("mintsTokens", known.mintsTokens ? "yes" : "no", mintsTokens.map { $0 ? "yes" : "no" }),
                ("ending", text(known.ending?.kind.rawValue), ending?.rawValue),
                ("endedOn", text(known.ending?.on), endedOn?.description),
                ("predecessorId", text(known.predecessor), predecessorId?.value),
            ]
        ).check()
        return true
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> EnrollmentResource {
        let year = ProgramYear(startsOn: startsOn, length: organization.yearLength)
        if let endsOn, endsOn != year.endsOn {
            throw Refusal.invalidField(
                "endsOn",
                endsOn.description,
                "a year of \(organization.id) that begins on \(startsOn) ends on \(year.endsOn)"
            )
        }
        let ended = try checkedEnding(of: year, organization, in: context)
        let predecessor = try predecessor(in: context)
        let added = try AddEnrollment(
            organization: organization.id,
            program: program,
            location: location,
            competency: competency,
            startsOn: startsOn,
            id: id,
            tokens: mintsTokens == true ? .mint : AddEnrollment.TokenSource.none
        ).run(on: organization, after: predecessor, issuesTokens: ended == nil, in: context)
        let transaction = context.transaction
        if let predecessor { try recordRenewal(of: predecessor, by: added, in: context) }
        guard let ended else { return added }
        try transaction.end(added.id, ended, recordedAt: context.now)
        try context.record(
            EndEnrollment.action,
            subject: added.id.value,
            changes: ["on": .text(ended.on.description), "ending": .text(ended.kind.rawValue)]
        )
        let history = try GrantHistory(of: organization, reading: transaction)
        return try transaction.resource(
            of: transaction.requireEnrollment(added.id),
            history: history,
            on: context.today(in: organization)
        )
    }

    private func checkedEnding(
        of year: ProgramYear,
        _ organization: Organization,
        in context: CommandContext
    ) throws -> Enrollment.Ending? {
        switch (ending, endedOn) {
        case (nil, nil): return nil
        case (nil, let day?):
            throw Refusal.invalidField("endedOn", day.description, "say in the column ending how it ended")
        case (let kind?, nil):
            throw Refusal.invalidField("ending", kind.rawValue, "say in the column endedOn on which day it ended")
        case (let kind?, let day?):
            _ = try context.day(stated: day, in: organization)
            let window = RenewalWindow(of: year, at: organization.portals)
            guard (year.startsOn...window.closesOn.adding(days: 1)).contains(day) else {
                throw Refusal.invalidField(
                    "endedOn",
                    day.description,
                    "the enrollment began on \(year.startsOn), and ends by the calendar after \(window.closesOn)"
                )
            }
            return Enrollment.Ending(kind: kind, on: day)
        }
    }

    private func predecessor(in context: CommandContext) throws -> Enrollment? {
        guard let predecessorId else { return nil }
        let predecessor = try context.transaction.requireEnrollment(predecessorId, of: organization)
        guard let ending = predecessor.ending, [.renewed, .upgraded].contains(ending.kind) else {
            throw Refusal.invalidField(
                "predecessorId",
                predecessorId.value,
                "the enrollment \(predecessorId) was neither renewed nor upgraded, so that none took its place"
            )
        }
        let isUpgrade = ending.kind == .upgraded
        guard isUpgrade || startsOn > predecessor.year.endsOn else {
            throw Refusal.invalidField(
                "startsOn",
                startsOn.description,
                "the year of \(predecessorId), whose place it took, went on until \(predecessor.year.endsOn)"
            )
        }
        guard predecessor.locationID == location ?? Location.headquartersID else {
            throw Refusal.invalidField(
                "location",
                location?.value ?? "",
                "the enrollment \(predecessorId), whose place it took, is at \(predecessor.locationID)"
            )
        }
        if let other = try context.transaction.enrollments(of: organization).first(where: {
            $0.predecessor == predecessorId
        }) {
            throw Refusal.invalidField(
                "predecessorId",
                predecessorId.value,
                "the enrollment \(other.id) took the place of \(predecessorId)"
            )
        }
        return predecessor
    }
}

extension ImportEnrollment {
    /// R33: what a renewal of its predecessor leaves behind, without tokens: those of either year are imported by
    /// themselves.
    private func recordRenewal(
        of predecessor: Enrollment,
        by successor: EnrollmentResource,
        in context: CommandContext
    ) throws {
        guard let ending = predecessor.ending, ending.kind == .renewed else { return }
        let answer = RenewalResource(
            enrollmentId: predecessor.id,
            organizationId: predecessor.organizationID,
            successorId: successor.id,
            program: program,
            appliedOn: ending.on,
            nextYear: ProgramYear(startsOn: successor.startsOn, endsOn: successor.endsOn),
            issued: [],
            voided: [],
            voidOn: RenewalTiming.voidDay(of: predecessor.year),
            placements: [],
            uncovered: 0
        )
        try context.transaction.insert(
            AppliedRenewal(answer: answer, planned: [], signUps: []),
            recordedAt: context.now
        )
    }

    /// R33: one that was renewed has a successor.
    public func checkWhole(in context: CommandContext) throws {
        guard let ending, [.renewed, .upgraded].contains(ending) else { return }
        let held = try context.transaction.enrollments(of: organization)
        guard id == nil || !held.contains(where: { $0.predecessor == id }) else { return }
        throw Refusal.invalidField(
            "ending",
            ending.rawValue,
            "no enrollment names \(id?.value ?? "it") as its predecessorId"
        )
    }
}
