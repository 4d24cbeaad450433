import ArgumentParser
import Registry
import RegistryAPI

struct EnrollmentAddCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Enrol a location in a programme for a year.",
        discussion: """
            Grants what the programme grants, as far as the maxima allow (R12): enrollments are served in the \
            order of their first days, whenever they were entered. Import the tokens that the portal issued \
            for it afterwards: 'tokenctl token import'.

            '--tokens mint' is only for those who run a portal of their own that takes its codes from this registry: it makes \
            up the codes of the tokens, now and at each renewal. Microsoft knows nothing of such a code.
            """
    )

    @OptionGroup var organization: OrganizationArgument

    @Option(help: ArgumentHelp("The programme, such as action-pack or gold-competency.", valueName: "program"))
    var program: String

    @Option(help: ArgumentHelp("The licence table that it is made from (default: the start's).", valueName: "edition"))
    var edition: String?

    @Option(help: ArgumentHelp("The location that holds it (default: the headquarters).", valueName: "loc"))
    var location: String?

    @Option(help: ArgumentHelp("Which competency it is, in your own words.", valueName: "name"))
    var competency: String?

    @Option(help: ArgumentHelp("The programme year's first day.", valueName: "date"))
    var start: String

    @Option(help: ArgumentHelp("A short id for it (default: one is chosen).", valueName: "enr"))
    var id: String?

    @Option(help: ArgumentHelp("none (default) or mint, for those who run a portal of their own.", valueName: "how"))
    var tokens: String?

    @Flag(help: "Print the minted tokens with their codes; the ledger records it.")
    var reveal = false

    @OptionGroup var write: WriteOptions
    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        guard !reveal || tokens == "mint" else {
            throw UsageError("--reveal shows minted codes; it needs --tokens mint.")
        }
        let fields: WireValue = [
            "organization": try shell.organization(organization), "program": program, "edition": edition,
            "location": location, "competency": competency,
            "startsOn": start, "id": id, "tokens": tokens,
        ]
        let added = try await shell.call(AddEnrollment.self, fields, shell.options(write))
        for grant in added.grants where grant.clipped > 0 {
            let isCredit = grant.clippedBy == .onePerOrganization
            shell.note(
                "Note: \(grant.clipped) of \(grant.quantity) \(grant.product) were not granted "
                    + "(\(grant.clippedBy?.description ?? "maximum"), \(isCredit ? "R38" : "R12"))."
            )
        }
        shell.warn(added.warnings)
        added.answer.noteChanges(in: shell)
        guard reveal, !write.isDryRun else {
            shell.printer.print(added)
            return
        }
        var revealed: [RevealedTokenResource] = []
        for token in added.tokens {
            revealed.append(try await shell.call(RevealToken.self, ["token": token.description]))
        }
        try shell.printer.print(list: revealed)
    }
}

extension EnrollmentResource {
    /// Says what the command changed of other enrollments' grants.
    func noteChanges(in shell: Shell) {
        for change in changes {
            shell.note(
                "Note: from \(change.from) through \(change.through), \(change.enrollmentId) grants \(change.after) "
                    + "\(change.product) instead of \(change.before) "
                    + "(\(change.product == .azureCredit ? "R38" : "R12"))."
            )
        }
    }
}

extension EnrollmentResource: Row {
    static let rowStyle = RowStyle(
        headings: ["program": "PROGRAMME", "startsOn": "STARTS", "endsOn": "ENDS", "grants": "GRANTED"],
        hidden: ["competency", "ending", "endedOn", "predecessorId", "mintsTokens", "dryRun"],
        yielding: ["edition", "locationId", "grants", "organizationId", "tokens"],
        omitted: ["changes", "warnings"],
        texts: ["grants": { $0.items.map(granted).joined(separator: ", ") }]
    )

    private static func granted(_ grant: WireValue) -> String {
        let clipped = grant["clipped"].cellText
        return "\(grant["product"].cellText) \(grant["granted"].cellText)"
            + (clipped == "0" ? "" : " (\(clipped) clipped)")
    }
}
