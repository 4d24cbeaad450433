/// Rules asked again of what is stored, by the same functions that decided when it was written.
extension RegistryReading {
    /// R46: a token is replaced once, within 30 days of its activation, and a replacement is not replaced.
    func replacementFindings() throws -> [Finding] {
        var findings = FindingList()
        try forEachReplacedToken { id in
            guard let token = try token(id) else { return }
            guard case .replaced(let redemption, let replacement, let day) = token.fate else {
                findings.add(
                    "token.replaced-unredeemed",
                    id.description,
                    "Token \(id) was replaced and never redeemed (R46)."
                )
                return
            }
            let original = Replacement.Original(
                token: id.description,
                activatedOn: redemption.on,
                replacedBy: nil,
                replaces: token.replaces?.description
            )
            if case .failure(let refusal) = Replacement.check(original, on: day) {
                findings.add("token.replaced-wrongly", id.description, refusal.detail)
            }
            if let successor = try self.token(replacement), successor.organizationID != token.organizationID {
                findings.add(
                    "token.replaced-wrongly",
                    id.description,
                    "Token \(id) was replaced by \(replacement), which belongs to another organisation (R46)."
                )
            }
        }
        return findings.all
    }

    /// R39: each seat block could join those that were on its tenant before it.
    func sharingFindings() throws -> [Finding] {
        var findings = FindingList()
        try forEachTenantWithMixedSeats { domain in
            guard let tenant = try tenant(registering: domain) else { return }
            var earlier: [SeatBlock] = []
            for block in try seatBlocks(on: domain, of: nil) {
                do {
                    try checkSharing(
                        adding: requireSKU(block.skuPartNumber),
                        isProgram: block.source.isProgram,
                        traits: block.source.enrollmentID.flatMap { try enrollment($0) }?.traits,
                        label: block.source.tokenID.map { "token \($0)" } ?? block.source.description,
                        on: tenant,
                        blocks: earlier,
                        day: block.startsOn
                    )
                } catch let refusal as Refusal where refusal.rule == .r39 {
                    findings.add("tenant.incompatible-sku", domain.value, "Block \(block.id): \(refusal.detail)")
                }
                earlier.append(block)
            }
        }
        return findings.all
    }

    /// R11, R12, R44: what rests on nothing today, and tokens beyond what is granted today.
    func enrollmentNotes(in context: QueryContext) throws -> [Finding] {
        var notes = FindingList()
        try forEachOrganization { organization in
            let history = try GrantHistory(of: organization, reading: self)
            for remark in try remarks(on: history, day: context.today(in: organization)) {
                notes.add(remark.warning.code, remark.enrollmentID.value, remark.warning.detail)
            }
        }
        return notes.all
    }

    private func forEachOrganization(_ body: (Organization) throws -> Void) throws {
        var after: OrganizationID?
        while true {
            let page = try organizations(after: after, limit: 500)
            for organization in page { try body(organization) }
            guard page.count == 500 else { return }
            after = page.last?.id
        }
    }
}
