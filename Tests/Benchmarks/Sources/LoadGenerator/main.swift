import Glibc

// Asks an HTTP server on a Unix-domain socket as fast as it answers, over a number of connections that stay open, with
// one request at a time on each. Prints what came of it as JSON.

do {
    let options = try LoadOptions(CommandLine.arguments.dropFirst())
    let source = try RequestSource(file: options.requests, repeats: options.repeats, hasKeys: options.hasKeys)
    let run = LoadRun(options: options, source: source)
    try run.run()
    print(run.figures.json)
} catch {
    let line = Array("LoadGenerator: \(error)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    exit(1)
}
