/// What every new assignment has to pass, and how it is recorded.
struct AssignmentIntake {
    let context: CommandContext
    let organization: Organization
    /// Nobody holds the same thing twice, and nobody is counted twice (R41). R20: whether the purpose may have
    /// the programme's licences.
    /// - Throws: `Refusal` with `assignment.exists`.
    func check(_ draft: AssignmentDraft) throws {
        try context.location(draft.locationID, of: organization.id).checkOpen(on: draft.from)
        let held = try context.transaction.assignments(of: draft.user, in: draft.organizationID)
        if let other = held.first(where: { $0.isInTheWay(of: draft) }) { throw Self.exists(other, draft: draft) }
        if draft.source == nil, let product = draft.product { try draft.purpose.checkRight(for: product).get() }
    }

    /// R02, R03, R05, R41: whether the entitlement has room for one more.
    func checkEntitlement(_ draft: AssignmentDraft) throws {
        guard let product = draft.product, let key = roomKey(draft) else { return }
        let room = try context.shared(key) {
            try EntitlementRoom(
                EntitlementOutlook(
                    product: product,
                    organization: organization,
                    sharing: draft.sharing,
                    from: draft.from,
                    in: context
                )
            )
        }
        guard let shortfall = room.shortfall(in: draft.country) else { return }
        throw try room.outlook.refusal(shortfall, kind: draft.holding.kind)
    }

    private func roomKey(_ draft: AssignmentDraft) -> Shared? {
        guard draft.isCounted, let product = draft.product else { return nil }
        return .entitlement(organization.id, product, draft.sharing, draft.from)
    }

    func record(_ draft: AssignmentDraft, action: String) throws -> RecordedAssignmentResource {
        if let room: EntitlementRoom = roomKey(draft).flatMap({ context.sharedEarlier($0) }) {
            room.take(in: draft.country)
        }
        let sequence = try context.record(action, subject: draft.user.value, changes: draft.auditChanges)
        let id = try context.transaction.insert(draft, recordedAt: context.now, sequence: sequence)
        return RecordedAssignmentResource(draft.numbered(id), auditSequence: sequence)
    }

    static func exists(_ other: Assignment, draft: AssignmentDraft) -> Refusal {
        let sameForm = other.holding.kind == draft.holding.kind
        let advice: String
        if let to = other.to {
            advice = "It lasted until \(to); assign from that day on."
        } else if sameForm {
            advice = "Release it first."
        } else {
            advice = "Switch the user instead, which replaces one by the other in one step."
        }
        // R20: an MSDN subscription is for one person, who needs no second one.
        let isSubscription = other.product == .msdn && draft.product == .msdn
        return Refusal(
            .assignmentExists,
            rule: isSubscription ? .r20 : sameForm ? nil : .r41,
            isSubscription
                ? "\(other.user) has had an MSDN subscription since \(other.from), and a person has one. \(advice)"
                : "\(other.user) has had \(other.sentence) since \(other.from) and would be counted twice. \(advice)",
            facts: [
                "userPrincipalName": other.user, "organizationId": other.organizationID, "assignmentId": other.id,
                "kind": other.holding.kind, "from": other.from,
            ]
        )
    }
}

extension Assignment {
    /// Whether a user who holds this cannot be given `draft` as well.
    func isInTheWay(of draft: AssignmentDraft) -> Bool {
        guard isOpen(on: draft.from), from != to else { return false }
        if case .cloud(let tenant, _, let sku) = holding, case .cloud(let otherTenant, _, let otherSKU) = draft.holding,
            tenant == otherTenant, sku == otherSKU
        {
            return true
        }
        guard let product, product == draft.product else { return false }
        if source == nil, draft.source == nil { return true }
        return source != nil && draft.source != nil && holding == .onPremises && draft.holding == .onPremises
    }

    /// What it is, as part of a sentence.
    var sentence: String {
        switch holding {
        case .cloud(_, let domain, let sku): "a seat of \(sku) on \(domain)"
        case .onPremises: "\(product?.rawValue ?? "a licence") on-premises"
        }
    }
}
