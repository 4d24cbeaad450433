import ArgumentParser
import FoundationEssentials
import Glibc
import Registry
import RegistryAPI
import RegistryServer

do {
    var command = try TokendCommand.parseAsRoot()
    guard let daemon = command as? TokendCommand else {
        try command.run()
        exit(0)
    }
    try await serve(daemon.configuration(), environment: ProcessInfo.processInfo.environment)
} catch let refusal as Refusal {
    let problem = Problem(refusal, requestID: "start")
    let hint =
        refusal.code == .registryNotFound
        ? " Check the path, or create one there: tokenctl init --registry \(problem.member("path") ?? "DIR")" : ""
    stop(refusal.detail + hint, exitCode: problem.exitCode)
} catch let fault as ConfigurationFault {
    stop(fault.description, exitCode: 64)
} catch {
    switch TokendCommand.exitCode(for: error) {
    case .success: print(TokendCommand.fullMessage(for: error))
    case .validationFailure: stop("\(TokendCommand.message(for: error)). See tokend --help.", exitCode: 64)
    default: stop("\(error)", exitCode: 1)
    }
}
