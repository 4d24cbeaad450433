import ArgumentParser

struct CompletionCommand: TokenctlCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print a script that completes tokenctl's commands in a shell.",
        discussion: """
            It completes commands, options, files and values, and the names that are in the registry: organisations, \
            tenants, enrollments, tokens, locations, programmes and SKUs. For this session, or for all to come:

              source <(tokenctl completion bash)
              tokenctl completion bash > ~/.local/share/bash-completion/completions/tokenctl
              tokenctl completion zsh > ~/.zfunc/_tokenctl        # where fpath has ~/.zfunc
              tokenctl completion fish > ~/.config/fish/completions/tokenctl.fish

            Names are asked for as any command asks: whoever may not see them is not told any, and that is recorded as any \
            denial.
            """
    )

    enum ShellName: String, CommandLineChoice {
        case bash
        case zsh
        case fish

        var script: String {
            let bytes =
                switch self {
                case .bash: PackageResources.tokenctl_bash
                case .zsh: PackageResources.tokenctl_zsh
                case .fish: PackageResources.tokenctl_fish
                }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Argument(
        help: ArgumentHelp("bash, zsh or fish.", valueName: "shell"),
        completion: ShellName.completion,
        transform: ShellName.chosen
    )
    var shellName: ShellName

    @OptionGroup var global: GlobalOptions

    func run(in shell: Shell) async throws {
        shell.terminal.write(shellName.script)
    }
}
