public import ArgumentParser
import ProgramVersion

/// The root of the command line.
public struct Tokenctl: ParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "tokenctl",
        abstract: "Keep the record of an organisation's cloud tokens, seats and entitlements.",
        discussion: """
            It only records: it never talks to Microsoft, and nothing that it does changes anything there.

            The main job is to redeem a token on a tenant: 'tokenctl redeem CODE --tenant DOMAIN'. The seats that it \
            makes stay on that tenant for ever, so it asks before it does.

            The registry is in --registry DIR, else $TOKENCTL_REGISTRY, else $XDG_STATE_HOME/tokenctl, else \
            ~/.local/state/tokenctl (for root /var/lib/tokenctl).

            'tokenctl help TOPIC' explains formats, dates, exit-codes and environment.
            """,
        version: Version.current,
        subcommands: [
            InitCommand.self,
            OrgCommand.self,
            LocationCommand.self,
            ProgramCommand.self,
            SkuCommand.self,
            EnrollmentCommand.self,
            TokenCommand.self,
            KeyCommand.self,
            ProductCommand.self,
            MediaCommand.self,
            TenantCommand.self,
            BenefitCommand.self,
            RedeemCommand.self,
            RenewalCommand.self,
            SeatCommand.self,
            AccessCommand.self,
            LicenseCommand.self,
            UserCommand.self,
            CorrectCommand.self,
            ReconcileCommand.self,
            StatementCommand.self,
            AuditCommand.self,
            RulesCommand.self,
            AskCommand.self,
            CheckCommand.self,
            BackupCommand.self,
            RestoreCommand.self,
            RegistryNounCommand.self,
            StatusCommand.self,
            NotifyCommand.self,
            WebCommand.self,
            ConfigCommand.self,
            DoctorCommand.self,
            SetupCommand.self,
            CompletionCommand.self,
            ManualCommand.self,
            VersionCommand.self,
        ]
    )

    public init() {}
}
