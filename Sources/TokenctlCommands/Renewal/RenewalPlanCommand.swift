import ArgumentParser
import Registry
import RegistryAPI

struct RenewalPlanCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plan a renewal. Writes nothing to the registry.",
        discussion: """
            Gives one document: the closing year and the next, the entitlement now, the tokens to issue and to void, and \
            for each tenant and SKU what ends, when, who would lose it, and which new token would continue it. Review \
            it, then 'tokenctl renewal apply FILE'. It is bound to the state it was made from: if that changes, apply \
            refuses it and says what changed. Only its placements may be edited.

            The organisation's other enrollments whose window is open are planned for as well: first so that no user \
            lapses who need not, then so that tenants are carried on by the enrollment that carried them. 'together' tells \
            where their new tokens are expected. An Action Pack's tokens carry users of its own country only. 'proven' \
            tells whether it is proven that no placement leaves fewer users without a seat.

            With --all-due every enrollment whose window is open is planned: to DIR/ENR.json for each when --out is a \
            directory or ends with a slash, else to one file with a document per line.

            With --format html it is a page to read, to print and to sign. It names the SHA-256 of the plan's file, as \
            --out writes it; for a plan that was edited, 'tokenctl renewal show FILE --format html' prints its page.
            """
    )

    @Argument(help: ArgumentHelp("The enrollment's id.", valueName: "enr"))
    var enrollment: String?

    @Flag(help: "Every enrollment whose window is open.")
    var allDue = false

    @Option(help: ArgumentHelp("The day of the renewal (default: the day it is applied).", valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp("The programme of the next year (default: the same).", valueName: "program"))
    var program: String?

    @Option(help: ArgumentHelp("When it was paid, where the year is counted from that.", valueName: "date"))
    var paidOn: String?

    @Option(help: ArgumentHelp("The portal's tokens: CSV with code, sku and seats.", valueName: "file"))
    var codes: String?

    @Option(help: ArgumentHelp("Write the plan to this file.", valueName: "file"))
    var out: String?

    @Option(
        help: "table, json, csv, ndjson or html (default: as -o says).",
        completion: PlanFormat.completion,
        transform: PlanFormat.chosen
    )
    var format: PlanFormat?

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard allDue != (enrollment != nil) else {
            throw UsageError(
                "Name the enrollment, or plan --all-due.",
                hint: "tokenctl renewal due"
            )
        }
        if allDue, program != nil || paidOn != nil || codes != nil {
            throw UsageError("--program, --paid-on and --codes are for one enrollment.")
        }
        if out != nil, let format, format != .html, format != .json {
            throw UsageError("--out writes a plan as JSON, or with --format html as a page.")
        }
        if let enrollment {
            try await planOne(enrollment, shell)
        } else {
            try await planAll(shell)
        }
    }

    private func planOne(_ enrollment: String, _ shell: Shell) async throws {
        let fields: WireValue = ["enrollment": enrollment, "on": on, "program": program, "paidOn": paidOn]
        let issued = try codes.map { try IssuedCode.read(UploadedFile(path: $0).open()).map(\.issue) }
        let plan =
            if let issued {
                try await shell.call(
                    PlanIssuedRenewal.self,
                    fields.setting("issued", to: try WireEncoder.value(of: issued))
                )
            } else {
                try await shell.call(PlanRenewal.self, fields)
            }
        for difference in plan.differences { shell.note("Note: \(difference).") }
        guard let out else {
            shell.print(plan, as: format)
            if shell.global.format == .table, format == nil || format == .table {
                try await noteSuccessors(of: plan, shell)
            }
            return
        }
        try PlanFile.write(format == .html ? RenewalPlanPage.text(of: plan) : PlanFile.text(of: plan), to: out)
        shell.note("Wrote the plan for \(plan.enrollmentId) to \(out): \(PlanSummary([plan]).text).")
    }

    /// R53: of a programme that is not sold any more, what would carry its users on.
    private func noteSuccessors(of plan: RenewalPlan, _ shell: Shell) async throws {
        let program = try await shell.call(ShowProgram.self, ["program": plan.program.value])
        guard let last = program.traits.soldThrough, last < plan.nextYear.startsOn else { return }
        let fields: WireValue = ["enrollment": plan.enrollmentId.value, "on": plan.nextYear.startsOn.description]
        let found = try await shell.call(ListSuccessors.self, fields)
        shell.note("Note: \(program.name) was last sold on \(last) (R53). \(Self.sentence(on: found))")
    }

    private static func sentence(on successors: [SuccessorResource]) -> String {
        guard let users = successors.first?.users else {
            return "No package or designation is known to carry its users."
        }
        let who = "\(users) user\(users == 1 ? "" : "s") of today"
        guard let smallest = successors.first(where: \.carries) else {
            return "No package or designation alone carries its \(who)."
        }
        return
            "\(smallest.program) of \(smallest.edition) would carry its \(who): \(smallest.seats) \(smallest.benefit), "
            + "\(smallest.certainty.rawValue). See 'tokenctl renewal successors'."
    }

    private func planAll(_ shell: Shell) async throws {
        var list = try PrintedPlans(shell: shell, format: format)
        let file = try out.map { try PlanFile(path: $0, asPages: format == .html) }
        var cursor: String?
        var summary = PlanSummary([])
        repeat {
            let page = try await shell.call(ListDueRenewals.self, ["open": true, "on": on, "after": cursor])
            var plans: [RenewalPlan] = []
            for due in page.items {
                let fields: WireValue = ["enrollment": due.enrollmentId.value, "on": on]
                plans.append(try await shell.call(PlanRenewal.self, fields))
            }
            summary.add(plans)
            if let file { try plans.forEach(file.add) } else { list.add(plans) }
            cursor = page.next?.description
        } while cursor != nil
        guard let out else { return try list.finish() }
        try file?.finish()
        shell.note("Wrote \(counted(summary.plans, "plan")) to \(out)\(summary.plans == 0 ? "" : ": \(summary.text)").")
    }
}
