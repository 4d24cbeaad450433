import Registry
import RegistryAPI

/// Applies many renewals: each is a transaction of its own, and one's failure leaves the others done and told.
struct RenewalBatch {
    let shell: Shell
    let redeem: Bool
    let on: String?
    let options: CommandOptions

    /// So many are under way at once, and share their syncs.
    private static let width = 16
    private static let pageLength = 256

    /// Rehearses all of it, and asks with what it would do; nobody is asked where there is nothing to do.
    ///
    /// - Returns: how many enrollments it is about.
    /// - Throws: `UsageError` when nobody can be asked, and when something else is typed.
    func confirm(_ plans: [RenewalPlan]?) async throws -> Int {
        let batch = RenewalBatch(
            shell: shell,
            redeem: redeem,
            on: on,
            options: options.rehearsal
        )
        let progress = BatchProgress("Rehearsing", total: plans?.count, shell: shell)
        var count = 0
        var total = (renewals: 0, voided: 0, redeemed: 0, uncovered: 0)
        try await batch.applyAll(plans, progress: progress) { reports in
            count += reports.count
            for report in reports where report.exitCode == nil {
                total.renewals += 1
                total.voided += report.voided
                total.redeemed += report.redeemed
                total.uncovered += report.uncovered
            }
        }
        progress.finish()
        guard total.renewals > 0 else { return count }
        try shell.confirm(
            Confirmation(
                "\(counted(total.renewals, "renewal")): \(counted(total.voided, "token")) void, "
                    + "\(counted(total.redeemed, "token")) redeemed for ever, "
                    + "\(counted(total.uncovered, "user")) without a seat.",
                typing: "apply"
            )
        )
        return count
    }

    /// - Parameters:
    ///   - plans: nil applies what is due, and what waits to be redeemed.
    ///   - count: how many enrollments there are, where that is known.
    /// - Throws: `ExitStatus` with the first failure's exit code.
    func run(_ plans: [RenewalPlan]?, of count: Int?) async throws {
        let progress = BatchProgress("Renewing", total: plans?.count ?? count, shell: shell)
        var firstFailure: Int32?
        var list = try Printer.PrintedList<RenewalReport>(printer: shell.printer)
        try await applyAll(plans, progress: progress) { reports in
            firstFailure = firstFailure ?? reports.lazy.compactMap(\.exitCode).first
            list.add(reports)
        }
        try list.finish()
        progress.finish()
        if let firstFailure { throw ExitStatus(code: firstFailure) }
    }

    /// A renewal to apply.
    private struct Request {
        let enrollment: String
        var plan: RenewalPlan?
    }

    /// Applies the plans; without any, what waits to be redeemed and then what is due, page by page.
    private func applyAll(
        _ plans: [RenewalPlan]?,
        progress: BatchProgress?,
        _ told: ([RenewalReport]) -> Void
    ) async throws {
        if let plans {
            return told(await apply(plans.map { Request(enrollment: $0.enrollmentId.value, plan: $0) }, progress))
        }
        if redeem {
            try await applyAll(in: ListAwaitedRedemptions.self, ["on": on], \.enrollmentId, progress, told)
        }
        try await applyAll(in: ListDueRenewals.self, ["open": true, "on": on], \.enrollmentId, progress, told)
    }

    private func applyAll<U: RegistryQuery, Item, Key: TextValue>(
        in list: U.Type,
        _ fields: WireValue,
        _ enrollment: (Item) -> EnrollmentID,
        _ progress: BatchProgress?,
        _ told: ([RenewalReport]) -> Void
    ) async throws where U.Answer == Page<Item, Key> {
        var fields = fields.setting("limit", to: Self.pageLength)
        while true {
            let page = try await shell.call(list, fields)
            told(await apply(page.items.map { Request(enrollment: enrollment($0).value) }, progress))
            guard let next = page.next else { return }
            fields = fields.setting("after", to: next.description)
        }
    }

    private func apply(_ requests: [Request], _ progress: BatchProgress?) async -> [RenewalReport] {
        var reports: [RenewalReport] = []
        for start in stride(from: 0, to: requests.count, by: Self.width) {
            let some = requests[start..<min(start + Self.width, requests.count)]
            reports += await apply(Array(some))
            progress?.add(some.count)
        }
        return reports
    }

    /// In the order of the inputs.
    private func apply(_ inputs: [Request]) async -> [RenewalReport] {
        await withTaskGroup(of: (Int, RenewalReport).self) { group in
            for (index, input) in inputs.enumerated() {
                group.addTask { (index, await self.report(input)) }
            }
            var reports: [(Int, RenewalReport)] = []
            for await report in group { reports.append(report) }
            return reports.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func report(_ input: Request) async -> RenewalReport {
        var options = options
        // Each enrollment is a request of its own.
        options.idempotencyKey = options.idempotencyKey.map { "\($0)/\(input.enrollment)" }
        do {
            let fields: WireValue = [
                "enrollment": input.enrollment,
                "plan": try input.plan.map { try WireEncoder.value(of: $0) },
                "on": on,
                "redeem": redeem,
            ]
            return RenewalReport(try await shell.connect().call(ApplyRenewal.self, fields, options).answer)
        } catch let problem as Problem {
            return RenewalReport(problem, enrollment: input.enrollment)
        } catch {
            shell.terminal.writeError("tokenctl: request \(options.requestID): \("\(error)".escapedLines)\n")
            return RenewalReport(.internalError(requestID: options.requestID), enrollment: input.enrollment)
        }
    }
}

/// What became of one enrollment of a batch.
struct RenewalReport: Codable, Sendable, Row {
    var enrollmentId: String
    @Nullable var organizationId: String?
    /// `renewed`, `redeemed`, `waiting` or `failed`.
    var outcome = "failed"
    @Nullable var successorId: String?
    var tokens = 0
    var seats = 0
    var voided = 0
    var redeemed = 0
    var uncovered = 0
    @Nullable var awaitsRedemptionFrom: String?
    /// Whether tokens of the portal's are still to be imported.
    var awaitsCodes = false
    @Nullable var code: String?
    @Nullable var rule: String?
    @Nullable var detail: String?
    /// Nil for a success.
    var exitCode: Int32?

    enum CodingKeys: CodingKey {
        case enrollmentId, organizationId, outcome, successorId, tokens, seats, voided, redeemed, uncovered
        case awaitsRedemptionFrom, awaitsCodes, code, rule, detail
    }

    init(_ renewal: RenewalResource) {
        enrollmentId = renewal.enrollmentId.value
        organizationId = renewal.organizationId.value
        outcome =
            renewal.awaitsRedemptionFrom != nil || renewal.awaitsCodes
            ? "waiting" : renewal.redemptions.isEmpty ? "renewed" : "redeemed"
        successorId = renewal.successorId.value
        tokens = renewal.issued.count
        seats = renewal.issued.reduce(0) { $0 + $1.seats }
        voided = renewal.voided.count
        redeemed = renewal.redemptions.count
        uncovered = renewal.uncovered
        awaitsRedemptionFrom = renewal.awaitsRedemptionFrom?.description
        awaitsCodes = renewal.awaitsCodes
        detail = renewal.awaitsCodes ? "Import the portal's tokens of \(renewal.successorId)." : nil
    }

    init(_ problem: Problem, enrollment: String) {
        enrollmentId = enrollment
        code = problem.code
        rule = problem.rule
        detail = problem.detail
        exitCode = problem.exitCode
    }

    static let rowStyle = RowStyle(
        headings: ["uncovered": "LAPSING", "detail": "WHY"],
        hidden: ["awaitsRedemptionFrom", "awaitsCodes", "code", "rule"]
    )
}

/// Tells how far a batch is, on standard error, when it takes longer than a second: to somebody who looks in a line that
/// changes, to a log now and then.
private final class BatchProgress {
    private let shell: Shell
    private let line: Progress?
    private var count = 0
    private var lastTold: Instant
    private var hasTold = false

    /// - Parameter total: how many there are; nil where they come page by page.
    init(_ what: String, total: Int?, shell: Shell) {
        self.shell = shell
        line = shell.progress(what, .enrollments, total: total)
        lastTold = shell.clock.now()
    }

    func add(_ number: Int) {
        count += number
        if let line { return line.add(number) }
        let now = shell.clock.now()
        guard now >= lastTold.adding(seconds: 1) else { return }
        lastTold = now
        hasTold = true
        shell.note("\(text) so far…")
    }

    func finish() {
        line?.finish()
        if hasTold { shell.note("\(text).") }
    }

    private var text: String { counted(count, "enrollment") }
}
