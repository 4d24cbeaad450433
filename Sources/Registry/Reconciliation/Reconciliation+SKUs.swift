extension Reconciliation {
    mutating func compareSKUs() {
        var present: Set<SKUPartNumber> = []
        for shown in shownSKUs() {
            if let sku = shown.sku { present.insert(sku.partNumber) }
            if let reason = reasonToIgnore(shown.sku, shown.name, units: shown.units?.enabled) {
                ignored.append(
                    .init(skuPartNumber: shown.name, units: shown.units?.enabled, users: shown.consumed, reason: reason)
                )
                continue
            }
            guard let sku = shown.sku else {
                differences.append(
                    unknown(shown.name, skuID: shown.skuID, candidates: shown.candidates, count: shown.units?.enabled)
                )
                continue
            }
            compare(shown, of: sku, with: record.seats(of: sku))
        }
        guard export.listsAllSKUs else { return }
        for seats in record.seats.values.sorted(by: { $0.sku.partNumber < $1.sku.partNumber })
        where !present.contains(seats.sku.partNumber) && !ignoring.contains(seats.sku.partNumber.key) {
            compareUnits(ExportedUnits(enabled: 0, warning: 0, suspended: 0, lockedOut: 0), of: seats.sku, with: seats)
        }
    }

    private func shownSKUs() -> [ShownSKU] {
        var order: [String] = []
        var shown: [String: ShownSKU] = [:]
        // The purchases say how many there are only where nothing else does.
        let leaders = Set(export.skus.filter { $0.kind != .subscriptions }.map { key($0.name) })
        for row in export.skus where row.kind != .subscriptions || !leaders.contains(key(row.name)) {
            let key = key(row.name)
            if shown[key] == nil {
                order.append(key)
                shown[key] = firstShown(row.name)
            }
            shown[key]?.add(row)
        }
        return order.compactMap { shown[$0] }
    }

    private func key(_ name: ExportedSKUName) -> String {
        switch record.finder.find(name).first {
        case .sku(let sku): sku.partNumber.key
        case .unknown(let text, _): "? \(SKUPartNumber(stored: text).key)"
        case nil: "?"
        }
    }

    private func firstShown(_ name: ExportedSKUName) -> ShownSKU {
        switch record.finder.find(name).first {
        case .sku(let sku): ShownSKU(sku: sku, name: sku.partNumber.text, skuID: sku.skuID, candidates: [])
        case .unknown(let text, let candidates):
            ShownSKU(sku: nil, name: text, skuID: name.skuID, candidates: candidates)
        case nil: ShownSKU(sku: nil, name: "", skuID: name.skuID, candidates: [])
        }
    }

    func reasonToIgnore(
        _ sku: SKU?,
        _ name: String,
        units: Int?
    ) -> ReconciliationResource.Ignored.Reason? {
        if ignoring.contains(sku?.partNumber.key ?? SKUPartNumber(stored: name).key) { return .asked }
        if let sku, record.seats[sku.partNumber] != nil { return nil }
        return FillerSKU.reason(sku, units: units)
    }

    func unknown(
        _ name: String,
        skuID: String?,
        candidates: [SKUPartNumber],
        count: Int?
    ) -> ReconciliationDifference {
        ReconciliationDifference(
            .skuUnknown,
            rule: .r39,
            candidates.isEmpty ? .importSKUs : .review,
            partNumber: name,
            skuID: skuID,
            reported: count,
            candidates.isEmpty
                ? "The catalogue does not know the SKU \(quoted(name)), so whether it may share the tenant is not known."
                : "\(quoted(name)) is the name of several SKUs: "
                    + "\(candidates.map(\.text).joined(separator: ", ")); nothing of it was compared."
        )
    }

    private mutating func compare(_ shown: ShownSKU, of sku: SKU, with seats: TenantRecord.Seats) {
        // What may not be there is not recorded either.
        guard checkSharing(shown, of: sku, with: seats) else { return }
        if let units = shown.units {
            compareUnits(units, of: sku, with: seats)
            compareUse(shown.consumed, enabled: units.enabled, of: sku, with: seats)
        } else {
            compareStatus(shown, of: sku, with: seats)
            compareUse(shown.consumed, enabled: nil, of: sku, with: seats)
        }
    }

    /// R39: what is there and not from the programme, beside what is.
    /// - Returns: false where it may not be there.
    mutating func checkSharing(_ shown: ShownSKU, of sku: SKU, with seats: TenantRecord.Seats) -> Bool {
        guard !seats.isProgram, shown.units.map({ $0.enabled > 0 || $0.outOfService > 0 }) ?? true,
            shown.status != .deleted
        else { return true }
        let programs = record.seats.values.filter(\.isProgram).sorted { $0.sku.partNumber < $1.sku.partNumber }
        guard
            let refusal = TenantSharing.refusal(
                adding: .init(sku: sku, isProgram: false, label: "there"),
                to: programs.map { .init(sku: $0.sku, isProgram: true, label: "recorded here") },
                tenantDomain: domain
            )
        else { return true }
        differences.append(
            refusal.code == .skuUnknownFamily
                ? ReconciliationDifference(.skuUnknown, rule: .r39, .importSKUs, sku: sku, refusal.detail)
                : ReconciliationDifference(
                    .skuIncompatible,
                    rule: .r39,
                    .review,
                    sku: sku,
                    reported: shown.units?.enabled,
                    "\(sku.partNumber) may not share \(domain) with the programme's seats of "
                        + "\(refusal.fact("conflictsWith") ?? ""): only enterprise (E) and kiosk (K) SKUs may."
                )
        )
        return seats.enabled + seats.outOfService > 0
    }

    private mutating func compareUnits(_ units: ExportedUnits, of sku: SKU, with seats: TenantRecord.Seats) {
        let missing = units.enabled - seats.enabled
        if missing > 0 { addUnrecorded(missing, of: sku, with: seats, reported: units.enabled) }

        let outThere = units.outOfService
        // What the export does not tell is as it is recorded.
        let outHere =
            (units.warning == nil ? 0 : seats.warning)
            .clampedSum(units.suspended == nil ? 0 : seats.suspended)
            .clampedSum(units.lockedOut == nil ? 0 : seats.lockedOut)
        let surplus = max(0, -missing)
        let moved = min(surplus, max(0, outThere - outHere))
        if moved < surplus || (missing <= 0 && outHere > outThere && surplus == 0) {
            let count = surplus > moved ? surplus - moved : outHere - outThere
            differences.append(
                ReconciliationDifference(
                    .seatsLapsed,
                    .review,
                    sku: sku,
                    reported: units.enabled,
                    recorded: seats.enabled,
                    seats: count,
                    surplus > moved
                        ? "\(count) seats of \(sku.partNumber) are recorded as enabled, and \(domain) does not have them."
                        : "\(count) seats of \(sku.partNumber) are recorded as out of service, and are gone from \(domain)."
                )
            )
        }
        guard outThere > 0 else { return }
        if moved > 0 || outThere > outHere || differs(units, seats) {
            differences.append(
                ReconciliationDifference(
                    .seatsOutOfService,
                    rule: .r50,
                    .review,
                    sku: sku,
                    reported: outThere,
                    recorded: seats.outOfService,
                    "\(Self.standing(units)) there of \(sku.partNumber); \(Self.standing(seats)) here."
                )
            )
        } else {
            warnings.append(
                Warning(
                    code: ReconciliationDifference.Cause.seatsOutOfService.rawValue,
                    rule: .r50,
                    detail: "\(Self.standing(units)) of \(sku.partNumber) on \(domain), as is recorded."
                )
            )
        }
    }

    private func differs(_ units: ExportedUnits, _ seats: TenantRecord.Seats) -> Bool {
        (units.warning ?? seats.warning, units.suspended ?? seats.suspended, units.lockedOut ?? seats.lockedOut)
            != (seats.warning, seats.suspended, seats.lockedOut)
    }

    private static func standing(_ units: ExportedUnits) -> String {
        standing(units.warning ?? 0, units.suspended ?? 0, units.lockedOut ?? 0)
    }

    private static func standing(_ seats: TenantRecord.Seats) -> String {
        standing(seats.warning, seats.suspended, seats.lockedOut)
    }

    private static func standing(_ warning: Int, _ suspended: Int, _ lockedOut: Int) -> String {
        let parts = [(warning, "in warning"), (suspended, "suspended"), (lockedOut, "locked out")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }

    /// Seats that nobody recorded: a token that can still be redeemed may have made them.
    mutating func addUnrecorded(_ count: Int, of sku: SKU, with seats: TenantRecord.Seats, reported: Int?) {
        var missing = count
        for token in record.unredeemed where token.skuPartNumber == sku.partNumber && token.seats <= missing {
            missing -= token.seats
            differences.append(
                ReconciliationDifference(
                    .seatsUnrecorded,
                    .redeem,
                    sku: sku,
                    reported: reported,
                    recorded: seats.enabled,
                    seats: token.seats,
                    token: token.id,
                    "\(Self.enabled(reported, seats, sku)) Token \(token.id) of \(token.seats) seats is unredeemed: if it was "
                        + "redeemed on \(domain), record it."
                )
            )
        }
        guard missing > 0 else { return }
        let isService = sku.partNumber == ProgramSKUs.intune && !seats.isProgram
        let isProgram = record.programs.product(of: sku.partNumber) != nil
        let enrollment = isService ? record.intuneEnrollment : nil
        var difference = ReconciliationDifference(
            .seatsUnrecorded,
            enrollment == nil ? .addSubscription : .signUp,
            sku: sku,
            reported: reported,
            recorded: seats.enabled,
            seats: missing,
            enrollment: enrollment,
            "\(Self.enabled(reported, seats, sku)) "
                + (enrollment != nil
                    ? "Intune has no tokens: a sign-up that names an enrollment makes its seats (R36)."
                    : isProgram
                        ? "No unredeemed token has \(missing == count ? "them" : "the other \(missing)"): they were bought, or the token "
                            + "is to be imported first."
                        : "They were bought outside the programme, if nothing else is known of them.")
        )
        if enrollment == nil { difference.purchases = purchases(of: sku, seats: missing) }
        differences.append(difference)
    }

    /// The purchases of a SKU that the export lists, where they are just these seats.
    private func purchases(of sku: SKU, seats: Int) -> [ReconciliationDifference.Purchase] {
        let rows = export.skus.filter { row in
            row.kind == .subscriptions && (row.units?.enabled ?? 0) > 0 && key(row.name) == sku.partNumber.key
        }
        guard rows.reduce(0, { $0.clampedSum($1.units?.enabled ?? 0) }) == seats else { return [] }
        return rows.map { row in
            // Nothing is recorded before the sign-up, nor for a day to come.
            let start = row.purchase?.startsOn.map { max($0, record.tenant.signedUpOn) }.flatMap {
                $0 <= record.day ? $0 : nil
            }
            let end = row.purchase?.endsOn.flatMap { $0 >= record.day ? $0 : nil }
            return ReconciliationDifference.Purchase(seats: row.units?.enabled ?? 0, startsOn: start, endsOn: end)
        }
    }

    private static func enabled(_ reported: Int?, _ seats: TenantRecord.Seats, _ sku: SKU) -> String {
        "\(reported.map { "\($0) seats of \(sku.partNumber) are enabled there" } ?? "\(sku.partNumber) is there"), "
            + "\(seats.enabled == 0 ? "none" : String(seats.enabled)) here."
    }

    /// An export that shows no units: only whether the SKU is there, and how it stands.
    private mutating func compareStatus(_ shown: ShownSKU, of sku: SKU, with seats: TenantRecord.Seats) {
        guard let status = shown.status else { return }
        switch status {
        case .enabled where seats.enabled == 0:
            addUnrecorded(max(1, shown.consumed ?? 1), of: sku, with: seats, reported: nil)
        case .warning, .suspended, .lockedOut:
            guard seats.enabled > 0 || seats.outOfService == 0 else { return }
            differences.append(
                ReconciliationDifference(
                    .seatsOutOfService,
                    rule: .r50,
                    .review,
                    sku: sku,
                    recorded: seats.outOfService,
                    "\(sku.partNumber) is \(status == .warning ? "in warning" : status == .suspended ? "suspended" : "locked out")"
                        + " there; \(seats.enabled) seats are enabled here."
                )
            )
        case .deleted where seats.enabled > 0:
            differences.append(
                ReconciliationDifference(
                    .seatsLapsed,
                    .review,
                    sku: sku,
                    recorded: seats.enabled,
                    seats: seats.enabled,
                    "\(seats.enabled) seats of \(sku.partNumber) are recorded as enabled, and are deleted there."
                )
            )
        default: break
        }
    }

    private mutating func compareUse(
        _ consumed: Int?,
        enabled: Int?,
        of sku: SKU,
        with seats: TenantRecord.Seats
    ) {
        guard let consumed else { return }
        if let enabled, consumed > enabled {
            let token = record.unredeemed.first { $0.skuPartNumber == sku.partNumber }
            differences.append(
                ReconciliationDifference(
                    .seatsOverused,
                    rule: .r32,
                    token == nil ? .review : .redeem,
                    sku: sku,
                    reported: consumed,
                    recorded: enabled,
                    seats: consumed - enabled,
                    token: token?.id,
                    "\(consumed) users hold \(sku.partNumber) there, and \(enabled) seats are enabled there."
                )
            )
        }
        // Users tell more than their number; and what has no seats here is told already.
        guard consumed != seats.consumed, !export.kinds.contains(.users), seats.enabled + seats.outOfService > 0 else {
            return
        }
        differences.append(
            ReconciliationDifference(
                .usersDiffer,
                .compareUsers,
                sku: sku,
                reported: consumed,
                recorded: seats.consumed,
                "\(consumed) users hold \(sku.partNumber) there, \(seats.consumed) here; an export of the users says who."
            )
        )
    }
}

/// What an export shows of one SKU, all its rows together.
struct ShownSKU {
    let sku: SKU?
    let name: String
    let skuID: String?
    let candidates: [SKUPartNumber]
    var units: ExportedUnits?
    var consumed: Int?
    var status: SeatBlockStatus?
}

extension ShownSKU {
    mutating func add(_ row: ExportedSKU) {
        if let units = row.units { self.units = self.units?.adding(units) ?? units }
        if let consumed = row.consumed {
            // Each row of a usage is of one service of the SKU.
            self.consumed =
                row.kind == .licenseUsage
                ? max(self.consumed ?? 0, consumed) : (self.consumed ?? 0).clampedSum(consumed)
        }
        status = status ?? row.status
    }
}

extension ExportedUnits {
    fileprivate func adding(_ other: ExportedUnits) -> ExportedUnits {
        func sum(_ one: Int?, _ other: Int?) -> Int? { one.map { $0.clampedSum(other ?? 0) } ?? other }
        return ExportedUnits(
            enabled: enabled.clampedSum(other.enabled),
            warning: sum(warning, other.warning),
            suspended: sum(suspended, other.suspended),
            lockedOut: sum(lockedOut, other.lockedOut)
        )
    }
}
