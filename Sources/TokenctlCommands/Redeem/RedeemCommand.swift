import ArgumentParser
import Registry
import RegistryAPI

struct RedeemCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "redeem",
        abstract: "Record that a token or a benefit is redeemed on a tenant. Its seats stay there for ever.",
        discussion: """
            This only records: nothing happens at Microsoft. Run it with --dry-run first, since it refuses what would be \
            a mistake in Microsoft's portal; then redeem the code there, and record it here.

            Name the token by its code, or by its id with --token. A token can be redeemed once (R29), all its seats \
            go to one tenant (R45), and they can never be moved (R31). At a terminal you are asked to type the tenant's \
            domain; elsewhere pass --yes.

            Other users of this machine may see a code on the command line, and it stays in the shell's history. Pass it \
            on standard input (-), in a file (--code-file), or leave it out to be asked for it at a terminal.

            What has no code is named by the product line that is granted: --benefit. It is ordered once and whole, on a \
            tenant under the organisation's own billing account, and ends with its offer (R54). 'tokenctl benefit list' \
            shows what is granted and what was redeemed.
            """
    )

    @Argument(help: ArgumentHelp("The token's 5x5 code, or - to read it from standard input.", valueName: "code"))
    var code: String?

    @Option(help: ArgumentHelp("The token's id, such as T42.", valueName: "token"))
    var token: String?

    @Option(help: ArgumentHelp("A file with the token's code.", valueName: "file"))
    var codeFile: String?

    @Option(help: ArgumentHelp("The benefit without a code, such as microsoft-365-e5.", valueName: "product"))
    var benefit: String?

    @Option(help: ArgumentHelp("The enrollment that grants the benefit, where several do.", valueName: "enr"))
    var enrollment: String?

    @Option(help: ArgumentHelp("The SKU that the benefit is used as (default: its first).", valueName: "sku"))
    var sku: String?

    @Option(help: ArgumentHelp("A domain of the tenant, or its id; no setting stands in for it.", valueName: "tenant"))
    var tenant: String

    @Option(help: ArgumentHelp("The day it happened (default: today).", valueName: "date"))
    var on: String?

    @Option(help: ArgumentHelp("add (default) or extend (R37).", valueName: "intent"))
    var intent: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        if benefit != nil { return try await redeemBenefit(in: shell) }
        guard enrollment == nil, sku == nil else { throw UsageError("--enrollment and --sku need --benefit.") }
        var code = try shell.code(argument: code, file: codeFile)
        if code == nil, token == nil { code = shell.askForCode() }
        guard (code == nil) != (token == nil) else {
            throw UsageError(
                "Give either the token's code or --token.",
                hint: "tokenctl redeem CODE --tenant DOMAIN"
            )
        }
        // Shorter than any code: somebody forgot the option.
        if let id = self.code.flatMap({ TokenID($0) }) {
            throw Refusal(.codeMalformed, "\(id) is a token's id, not a code; use --token \(id).")
        }
        let fields: WireValue = ["code": code, "token": token, "tenant": tenant, "on": on, "intent": intent]
        let redemption = try await shell.callConfirmed(RedeemToken.self, fields, write, confirmation) { plan in
            Confirmation(
                "Token \(plan.tokenId) makes \(plan.seats) seats of \(plan.skuPartNumber) on \(plan.tenantDomain), "
                    + "with rights through \(plan.rightsEndOn). They can never be moved.",
                typing: plan.tenantDomain.value
            )
        }
        shell.warn(redemption.warnings)
        shell.printer.print(redemption)
    }
}

extension RedeemCommand {
    /// R54.
    private func redeemBenefit(in shell: Shell) async throws {
        guard code == nil, token == nil, codeFile == nil, intent == nil else {
            throw UsageError("A benefit has no code and no intent: give --benefit, or a token.")
        }
        let fields: WireValue = [
            "benefit": benefit, "tenant": tenant, "enrollment": enrollment, "sku": sku, "on": on,
        ]
        let redemption = try await shell.callConfirmed(RedeemBenefit.self, fields, write, confirmation) { plan in
            Confirmation(
                "\(plan.benefit) of \(plan.enrollmentId) makes \(plan.seats) seats of \(plan.skuPartNumber) on "
                    + "\(plan.tenantDomain), with service through \(plan.serviceEndsOn). They can never be moved.",
                typing: plan.tenantDomain.value
            )
        }
        shell.printer.print(redemption)
    }
}

extension BenefitRedemptionResource: Row {
    static let rowStyle = RowStyle()
}

extension RedemptionResource: Row {
    static let rowStyle = RowStyle()
}
