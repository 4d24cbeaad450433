import ArgumentParser
import Registry
import RegistryAPI

struct RenewalApplyCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Apply a renewal plan, once per enrollment and year.",
        discussion: """
            The enrollment gets its successor, with its grants; what was not redeemed of the closing year is \
            void after its last day. With --redeem the plan's placement is redeemed too, in the same transaction: for ever, as any \
            redemption. Where the next year has not begun, it waits: run the same again when it has. Applied again, a \
            plan gives the same answer and writes nothing.

            The new year's tokens are the portal's: give them with --codes, or import them into the successor afterwards \
            ('tokenctl token import'). Until then the renewal waits for them; run the same again, and they are redeemed as \
            planned, each for one of its SKU and seats. Only an enrollment that was added with '--tokens mint' makes up \
            its codes again.

            FILE may contain several plans. With --all-due every enrollment whose window is open is planned and applied, \
            each in a transaction of its own; each is reported, and the exit code is that of the first failure.
            """
    )

    @Argument(help: ArgumentHelp("The plan, or - for standard input.", valueName: "file"))
    var file: String?

    @Flag(help: "Every enrollment whose window is open.")
    var allDue = false

    @Flag(help: "Redeem the new tokens as planned.")
    var redeem = false

    @Option(help: ArgumentHelp("When it happened (default: as the plan states, else today).", valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp("The portal's tokens: CSV with code, sku and seats.", valueName: "file"))
    var codes: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard allDue != (file != nil) else {
            throw UsageError("Give the plan's file, or --all-due.", hint: "tokenctl renewal plan ENR --out FILE")
        }
        let plans = try file.map(PlanFile.read) ?? []
        guard codes == nil || plans.count == 1 else { throw UsageError("--codes takes a single plan.") }
        let issued = try codes.map { try IssuedCode.read(UploadedFile(path: $0).open()) }
        if plans.count == 1 {
            let fields: WireValue = [
                "enrollment": plans[0].enrollmentId.value,
                "plan": try WireEncoder.value(of: plans[0]),
                "on": on,
                "redeem": redeem,
                "codes": try issued.map(WireValue.revealing),
            ]
            let renewal = try await shell.callConfirmed(ApplyRenewal.self, fields, write, confirmation) {
                Confirmation($0.summary, typing: $0.enrollmentId.value)
            }
            shell.print(renewal)
            return
        }
        let options = try shell.options(write)
        let batch = RenewalBatch(shell: shell, redeem: redeem, on: on, options: options)
        let isAsked = !write.isDryRun && !confirmation.yes
        let count = isAsked ? try await batch.confirm(allDue ? nil : plans) : nil
        try await batch.run(allDue ? nil : plans, of: count)
    }
}

extension RenewalResource {
    /// What cannot be undone of it, for the question before it is done.
    fileprivate var summary: String {
        let isAhead = appliedOn < voidOn
        let void =
            voided.isEmpty
            ? "No token is void."
            : "Void\(isAhead ? " from \(voidOn)" : ""): \(Self.shortened(voided.map(\.description)))."
        let redeemed = redemptions.map { "\($0.tokenId) (\($0.seats) \($0.skuPartNumber)) on \($0.tenantDomain)" }
        return "\(enrollmentId) is renewed as \(successorId), for \(nextYear.startsOn) to \(nextYear.endsOn). \(void) "
            + (redeemed.isEmpty ? "Nothing is redeemed now." : "Redeemed for ever: \(Self.shortened(redeemed)).")
            + (uncovered == 0 ? "" : " \(counted(uncovered, "user")) without a seat.")
    }

    private static func shortened(_ items: [String]) -> String {
        let limit = 10
        return items.prefix(limit).joined(separator: ", ")
            + (items.count > limit ? " and \(items.count - limit) more" : "")
    }
}

extension Shell {
    fileprivate func print(_ renewal: Performed<RenewalResource>) {
        printer.print(renewal)
        if let day = renewal.awaitsRedemptionFrom {
            note("The new tokens can be redeemed from \(day): run this again with --redeem then.")
        }
        if renewal.awaitsCodes {
            note(
                "\(renewal.successorId) awaits the portal's tokens. Import them, then run this again to redeem them as "
                    + "planned:\n  tokenctl token import FILE --enrollment \(renewal.successorId)"
            )
            return
        }
        for placement in renewal.placements where placement.tokenId == nil {
            note(
                "No token of \(placement.seats) \(placement.skuPartNumber) came for \(placement.tenantDomain): redeem "
                    + "another one there yourself."
            )
        }
    }
}

extension RenewalResource: Row {
    static let rowStyle = RowStyle(
        headings: [
            "issued": "TOKENS ISSUED", "voided": "TOKENS VOIDED", "voidOn": "VOID FROM", "placements": "PLANNED",
            "redemptions": "REDEEMED", "signUps": "SIGNED UP", "awaitsRedemptionFrom": "REDEEMABLE FROM",
            "uncovered": "USERS WHO LAPSE", "program": "PROGRAMME",
        ],
        texts: [
            "nextYear": { "\($0[text: "startsOn"]) to \($0[text: "endsOn"])" },
            "issued": { $0.listed { "\($0[text: "tokenId"]) (\($0[text: "seats"]) \($0[text: "skuPartNumber"]))" } },
            "placements": {
                $0.listed { placement in
                    let token = placement[text: "tokenId"]
                    let named =
                        token.isEmpty ? "\(placement[text: "seats"]) \(placement[text: "skuPartNumber"])" : token
                    return "\(named) for \(placement[text: "tenantDomain"])"
                }
            },
            "redemptions": { $0.listed { "\($0[text: "tokenId"]) on \($0[text: "tenantDomain"])" } },
            "signUps": { $0.listed { "\($0[text: "tenantDomain"]) for \($0[text: "service"])" } },
        ]
    )
}
