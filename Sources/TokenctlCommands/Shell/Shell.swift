import Registry
import RegistryAPI

/// What a command touches of the world outside: injected, so that tests can replace it.
struct Shell: Sendable {
    let terminal: any Terminal
    let environment: [String: String]
    let clock: any InstantSource
    let randomness: any RandomSource
    let global: GlobalSettings
    /// What was asked of the list that the command prints.
    var shape = ListShape()
    let connection = CommandConnection()

    /// The options of ``GlobalOptions``, as values.
    struct GlobalSettings: Sendable {
        let registry: String?
        let keyFile: String?
        let socket: String?
        let isLocal: Bool
        let format: OutputFormat
        let isWide: Bool
        let isForExcel: Bool
        let isSilent: Bool
        let asksQuestions: Bool
        /// What stands in for options that were left out.
        let settings: Settings

        init(_ options: GlobalOptions, settings: Settings = Settings(environment: [:]), terminal: any Terminal) {
            registry = options.registry
            keyFile = options.keyFile
            socket = options.socket
            isLocal = options.local
            let output = options.output ?? settings[.output].flatMap(OutputChoice.init) ?? .table
            format = options.excel ? .csv : output.format
            isForExcel = options.excel
            isWide = output == .wide
            self.settings = settings
            isSilent = options.quiet
            asksQuestions = terminal.isInteractive && !options.noInput
        }
    }

    /// What the command prints as its answer.
    var printer: Printer {
        Printer(
            format: global.format,
            terminal: terminal,
            isWide: global.isWide,
            isForExcel: global.isForExcel,
            shape: shape
        )
    }

    /// Says something to the person that is no data.
    func note(_ text: String) {
        if !global.isSilent { terminal.writeError(text.escapedLines + "\n") }
    }

    /// Says what was changed about the registry's files, also when silent.
    func notice(_ text: String) {
        terminal.writeError(terminal.styled("Warning: ", .yellow) + text.escapedLines + "\n")
    }

    /// Says what was done, and should be known, also when silent.
    func warn(_ warnings: [Warning]) {
        for warning in warnings {
            let rule = warning.rule.map { " (\($0.rawValue))" } ?? ""
            terminal.writeError(terminal.styled("Warning\(rule): ", .yellow) + warning.detail + "\n")
        }
    }

    /// Options for a request that changes nothing, or that needs no others.
    func options() -> CommandOptions {
        CommandOptions(requestID: newRequestID())
    }

    /// - Throws: `UsageError` for a rule that cannot be overridden.
    func options(_ write: WriteOptions) throws -> CommandOptions {
        var overrides: Set<OverridableRule> = []
        for text in write.overrides {
            guard let rule = OverridableRule(named: text) else {
                throw UsageError(
                    "\(text) can't be overridden; only \(OverridableRule.choices) can.",
                    hint: "tokenctl rules"
                )
            }
            overrides.insert(rule)
        }
        if let key = write.idempotencyKey {
            guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw UsageError("An idempotency key is 1 to 200 printable ASCII characters without blanks.")
            }
        }
        return CommandOptions(
            isDryRun: write.isDryRun,
            idempotencyKey: write.idempotencyKey,
            overrides: overrides,
            requestID: newRequestID()
        )
    }

    private func newRequestID() -> String {
        randomness.guid()
    }

    /// Carries out a use case. A person is told how far a file is read, or how long it takes.
    func call<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file: UploadedFile? = nil,
        _ options: CommandOptions? = nil
    ) async throws -> U.Output {
        guard let file else {
            return try await timing { try await connect().call(useCase, fields, file: nil, options ?? self.options()) }
        }
        let progress = progress(file.name, .bytes, total: file.size)
        defer { progress?.finish() }
        let told = progress.map(file.telling) ?? file
        return try await connect().call(useCase, fields, file: told, options ?? self.options())
    }

    /// Prints a list that comes in pages: without a daemon all of it from one state.
    func list<U: RegistryQuery, Item: TableRow, Key: TextValue>(
        _ useCase: U.Type,
        _ fields: WireValue
    ) async throws where U.Answer == Page<Item, Key> {
        try await list(useCase, fields, by: printer) { [$0] }
    }

    /// Prints the rows that are made of the items of a list.
    func list<U: RegistryQuery, Item, Key: TextValue, Shown: TableRow>(
        _ useCase: U.Type,
        _ fields: WireValue,
        by printer: Printer,
        rows: (Item) -> [Shown]
    ) async throws where U.Answer == Page<Item, Key> {
        var list = try Printer.PrintedList<Shown>(printer: printer)
        try await connect().pages(of: useCase, fields, options()) { list.add($0.items.flatMap(rows)) }
        try list.finish()
    }
}
