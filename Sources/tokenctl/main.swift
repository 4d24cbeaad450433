import Glibc
import TokenctlCommands

exit(await Tokenctl.run(arguments: Array(CommandLine.arguments.dropFirst())))
