extension Reconciliation {
    mutating func compareUsers() {
        let found = export.heldSKUs.map { record.finder.find($0) }
        var there: [SKUPartNumber: Set<UserPrincipalName>] = [:]
        var skus: [SKUPartNumber: SKU] = [:]
        var unknowns: [String: (skuID: String?, candidates: [SKUPartNumber], count: Int)] = [:]
        for user in export.users {
            for number in user.skus {
                for sku in found[number] {
                    switch sku {
                    case .sku(let sku):
                        skus[sku.partNumber] = sku
                        there[sku.partNumber, default: []].insert(user.user)
                    case .unknown(let name, let candidates):
                        unknowns[name, default: (export.heldSKUs[number].skuID, candidates, 0)].count += 1
                    }
                }
            }
        }
        for seats in record.seats.values { skus[seats.sku.partNumber] = seats.sku }
        for sku in skus.values.sorted(by: { $0.partNumber < $1.partNumber }) {
            compareUsers(there[sku.partNumber] ?? [], of: sku)
        }
        for (name, unknown) in unknowns.sorted(by: { $0.key < $1.key }) {
            if reasonToIgnore(nil, name, units: nil) != nil {
                ignored.append(.init(skuPartNumber: name, units: nil, users: unknown.count, reason: .asked))
            } else {
                differences.append(
                    self.unknown(name, skuID: unknown.skuID, candidates: unknown.candidates, count: unknown.count)
                )
            }
        }
    }

    private mutating func compareUsers(_ there: Set<UserPrincipalName>, of sku: SKU) {
        let seats = record.seats(of: sku)
        if let reason = reasonToIgnore(sku, sku.partNumber.text, units: nil) {
            if !ignored.contains(where: { $0.skuPartNumber == sku.partNumber.text }), !there.isEmpty {
                ignored.append(
                    .init(skuPartNumber: sku.partNumber.text, units: nil, users: there.count, reason: reason)
                )
            }
            return
        }
        let here = record.holders[sku.partNumber] ?? []
        // Without seats nobody can be assigned; where the file lists the SKUs too, that is told already.
        if seats.enabled == 0, here.isEmpty {
            let shown = ShownSKU(sku: sku, name: sku.partNumber.text, skuID: sku.skuID, candidates: [])
            guard !there.isEmpty, export.skus.isEmpty || isAdopting else { return }
            if export.skus.isEmpty {
                guard checkSharing(shown, of: sku, with: seats) else { return }
                addUnrecorded(there.count, of: sku, with: seats, reported: nil)
            }
            // Their seats are going to be there.
            if isAdopting, !isRefused(sku) {
                addUsers(there, .assignmentUnrecorded, .assign, of: sku, there.count, 0)
            }
            return
        }
        addUsers(there.subtracting(here), .assignmentUnrecorded, .assign, of: sku, there.count, here.count)
        guard export.gap == nil else { return }
        addUsers(here.subtracting(there), .assignmentGone, .release, of: sku, there.count, here.count)
    }

    /// R39: what may not be there gets no seats here.
    private func isRefused(_ sku: SKU) -> Bool {
        differences.contains { $0.code == .skuIncompatible && $0.skuPartNumber == sku.partNumber }
    }

    private mutating func addUsers(
        _ users: Set<UserPrincipalName>,
        _ cause: ReconciliationDifference.Cause,
        _ settlement: ReconciliationDifference.Settlement,
        of sku: SKU,
        _ reported: Int,
        _ recorded: Int
    ) {
        guard !users.isEmpty else { return }
        let users = users.sorted()
        differences.append(
            ReconciliationDifference(
                cause,
                settlement,
                sku: sku,
                reported: reported,
                recorded: recorded,
                users: users,
                ReconciliationDifference.sentence(cause, users, sku.partNumber)
            )
        )
    }
}
