import ArgumentParser

struct RenewalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "renewal",
        abstract: "The yearly renewal: what is due, the plan, and its application.",
        subcommands: [
            RenewalDueCommand.self, RenewalCalendarCommand.self, RenewalPlanCommand.self, RenewalShowCommand.self,
            RenewalApplyCommand.self, RenewalLapseCommand.self, RenewalSuccessorsCommand.self,
        ]
    )
}
