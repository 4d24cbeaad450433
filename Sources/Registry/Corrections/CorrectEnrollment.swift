/// Corrects what was recorded of an enrollment, or takes its ending back.
public struct CorrectEnrollment: RegistryCommand {
    public static let action = "enrollment.correct"
    public static let summary = "Correct an enrollment"

    let enrollment: EnrollmentID
    /// The first day of its year; the last follows.
    var startsOn: CalendarDate?
    var location: LocationID?
    var program: ProgramID?
    var competency: KeptText?
    /// Whether its ending or lapse is taken back.
    var reopen: Bool?
    /// The day from which it is right; nil where it was right from the start.
    var on: CalendarDate?
    let reason: KeptText

    public var subjectOfRefusal: String { enrollment.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .administrator)
    }

    public func run(on enrollment: Enrollment, in context: CommandContext) throws -> CorrectionResource {
        let transaction = context.transaction
        let organization = try transaction.requireOrganization(enrollment.organizationID)
        let earlier = try GrantHistory(of: organization, reading: transaction)
        var rows: [(CorrectableRow, [FieldChange])] = []
        var changes = [
            FieldChange("competency", .init(enrollment.competency), .init(competency?.text ?? enrollment.competency))
        ]
        if reopen == true { rows += try reopening(of: enrollment, in: context) }
        let carried = EnrollmentCorrection(enrollment: enrollment, organization: organization, context: context)
        if let location, location != enrollment.locationID {
            let new = try transaction.requireLocation(location, of: organization.id)
            try carried.checkLocation(new, startsOn: startsOn ?? enrollment.year.startsOn)
            changes.append(
                FieldChange(
                    "locationId",
                    .location(enrollment.locationID, of: organization.id),
                    .location(new.id, of: organization.id)
                )
            )
        }
        if let program, program != enrollment.programID {
            let new = try transaction.requireProgram(program, on: startsOn ?? enrollment.year.startsOn)
            try carried.checkProgram(new)
            try transaction.add(new.grantedBenefits, of: new.id, to: enrollment.id)
            changes += [
                FieldChange("program", .init(enrollment.programID), .init(new.id)),
                FieldChange("programKind", .init(enrollment.programKind.rawValue), .init(new.kind.rawValue)),
                FieldChange("edition", .init(enrollment.edition), .init(new.edition.id)),
                FieldChange(
                    "programTraits",
                    enrollment.programTraits.map(CorrectedValue.traits) ?? .none,
                    .traits(new.traits)
                ),
            ]
        }
        rows.insert((.enrollment(enrollment.id), changes), at: 0)
        if let startsOn, startsOn != enrollment.year.startsOn {
            rows += try carried.yearRows(ProgramYear(startsOn: startsOn, length: organization.yearLength))
        }
        var answer = try context.correct(
            enrollment.id.value,
            of: organization,
            action: Self.action,
            rows,
            on: on,
            reason: reason
        )
        let history = try GrantHistory(of: organization, reading: transaction)
        answer.warnings += earlier.changes(to: history, by: []).map(\.warning)
        return answer
    }

    /// Only what somebody entered is taken back: a renewal and an upgrade have a successor.
    private func reopening(of enrollment: Enrollment, in context: CommandContext) throws -> [(
        CorrectableRow, [FieldChange]
    )] {
        guard let ending = enrollment.ending else {
            throw Refusal.uncorrectable("The enrollment \(enrollment.id) has not ended; there is nothing to take back.")
        }
        guard ending.kind == .ended || ending.kind == .lapsed else {
            throw Refusal.uncorrectable(
                "The enrollment \(enrollment.id) was \(ending.kind.rawValue) on \(ending.on), and its successor goes on with "
                    + "it; that cannot be taken back."
            )
        }
        let withdrawal = FieldChange("withdrawn", .flag(false), .flag(true))
        // What the lapse made void can be redeemed again, as far as its year lasts.
        let voids = try context.transaction.tokenIDs(of: enrollment.id).filter {
            try context.transaction.token($0)?.fate == .void(on: ending.on)
        }
        return [(.ending(of: enrollment.id), [withdrawal])] + voids.map { (.void(of: $0), [withdrawal]) }
    }
}

extension GrantChange {
    /// R12: what is told of a correction that changes what is granted.
    var warning: Warning {
        Warning(
            code: "grant.changed",
            rule: .r12,
            detail:
                "\(enrollmentId) grants \(after) of \(product) instead of \(before) from \(from) through \(through)."
        )
    }
}

extension Refusal {
    /// What the records do not allow to correct, and why.
    static func uncorrectable(_ reason: String, rule: Rule? = nil, facts: Facts = [:]) -> Refusal {
        Refusal(.correctionNotPossible, rule: rule, reason, facts: facts)
    }
}
