import ArgumentParser

struct CorrectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Put right what was recorded wrongly; what was there before stays in the ledger.",
        discussion: """
            A correction is an entry of its own: it names the one that it corrects, the right value and the reason. Every \
            list, statement and check uses the right value from then on; 'statement --known-on' tells what was known \
            before. Rules are asked again, and a correction that would break one is refused with the reason. --dry-run \
            shows what would change. tokenctl-corrections(7) lists what can go wrong and the command for it.
            """,
        subcommands: [
            CorrectOrganizationCommand.self, CorrectLocationCommand.self, CorrectEnrollmentCommand.self,
            CorrectTokenCommand.self, CorrectRedemptionCommand.self, CorrectSubscriptionCommand.self,
            CorrectTenantCommand.self, CorrectUserCommand.self, CorrectKeyCommand.self,
            CorrectProductVersionCommand.self, CorrectSKUCommand.self, CorrectListCommand.self,
        ]
    )
}
