/// Ends an assignment.
struct AssignmentRelease {
    let context: CommandContext
    /// The first day without the assignment.
    let day: CalendarDate

    /// - Throws: `Refusal` with `date.too-early`.
    func check(_ assignment: Assignment) throws {
        guard day >= assignment.from else {
            throw Refusal(
                .dateTooEarly,
                "\(assignment.user) has \(assignment.sentence) since \(assignment.from); it cannot end on \(day).",
                facts: ["earliest": assignment.from]
            )
        }
    }

    func record(_ assignment: Assignment, action: String) throws -> RecordedAssignmentResource {
        try check(assignment)
        var changes: [String: AuditValue] = [
            "organizationId": .text(assignment.organizationID.value),
            "assignmentId": .text(assignment.id.description),
            "kind": .text(assignment.holding.kind.rawValue),
            "product": .optional(assignment.product),
            "to": .text(day.description),
        ]
        if case .cloud(let tenant, let domain, let sku) = assignment.holding {
            changes["tenantId"] = .optional(tenant)
            changes["tenantDomain"] = .text(domain.value)
            changes["skuPartNumber"] = .text(sku.description)
        }
        let sequence = try context.record(action, subject: assignment.user.value, changes: changes)
        try end(assignment, sequence: sequence)
        return RecordedAssignmentResource(assignment.ending(on: day), auditSequence: sequence)
    }

    func end(_ assignment: Assignment, sequence: Int64) throws {
        try context.transaction.end(assignment.id, on: day, recordedAt: context.now, sequence: sequence)
    }
}

extension Assignment {
    func ending(on day: CalendarDate) -> Assignment {
        var ended = self
        ended.to = day
        return ended
    }
}
