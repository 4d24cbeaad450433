import Foundation
import Registry
import RegistryAPI
import RegistryServer

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.contains("--help") || arguments.contains("-h") {
    print(DaemonSetting.helpText, terminator: "")
    exit(0)
}
do {
    let environment = ProcessInfo.processInfo.environment
    let configuration = try DaemonConfiguration(arguments: arguments, environment: environment, isRoot: geteuid() == 0)
    {
        try? String(contentsOfFile: $0, encoding: .utf8)
    }
    try await serve(configuration, environment: environment)
} catch let refusal as Refusal {
    let problem = Problem(refusal, requestID: "start")
    let hint =
        refusal.code == .registryNotFound
        ? " Check the path, or create one there: tokenctl init --registry \(problem.member("path") ?? "DIR")" : ""
    stop(refusal.detail + hint, exitCode: problem.exitCode)
} catch {
    stop("\(error)", exitCode: error is ConfigurationFault ? 64 : 1)
}
