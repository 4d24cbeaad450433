public import Registry

/// A way to the registry: opened in this process, or through the daemon.
public protocol RegistryConnection: Sendable {
    /// Carries out the use case whose fields these are.
    /// - Parameter file: of a use case that takes one.
    /// - Throws: `Problem`.
    func call<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file: UploadedFile?,
        _ options: CommandOptions
    ) async throws -> U.Output
    /// Gives the pages of a list one after another. The registry in this process gives them from one state.
    /// - Throws: `Problem`, and what `body` throws.
    func pages<U: RegistryQuery, Item, Key: TextValue>(
        of useCase: U.Type,
        _ fields: WireValue,
        _ options: CommandOptions,
        _ body: (Page<Item, Key>) throws -> Void
    ) async throws where U.Answer == Page<Item, Key>
    /// Finishes what was begun.
    func close() async
}

/// The registry in this process.
public struct DirectConnection: RegistryConnection {
    private let service: RegistryService
    private let caller: Caller
    private let onClose: @Sendable () -> Void

    /// A connection that acts as `caller`.
    /// - Parameter onClose: closes what the service uses.
    public init(service: RegistryService, caller: Caller, onClose: @escaping @Sendable () -> Void) {
        self.service = service
        self.caller = caller
        self.onClose = onClose
    }

    /// Carries out the use case in this process.
    /// - Throws: `Problem`.
    public func call<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file: UploadedFile?,
        _ options: CommandOptions
    ) async throws -> U.Output {
        try await Problem.translating(requestID: options.requestID) {
            var useCase = try WireDecoder.decoding(fields) { try U(from: $0) }
            if let file, let supplied = (useCase as? any TakesFile)?.supplying(file) as? U { useCase = supplied }
            return try await useCase.course(through: service, as: caller, options: options).output()
        }
    }

    /// Gives the pages of a list one after another.
    /// - Throws: `Problem`, and what `body` throws.
    public func pages<U: RegistryQuery, Item, Key: TextValue>(
        of useCase: U.Type,
        _ fields: WireValue,
        _ options: CommandOptions,
        _ body: (Page<Item, Key>) throws -> Void
    ) async throws where U.Answer == Page<Item, Key> {
        try await Problem.translating(requestID: options.requestID) {
            try await service.read(within: nil, as: caller, requestID: options.requestID) { context in
                var fields = fields
                while true {
                    let page = try context.answer(WireDecoder.decoding(fields) { try U(from: $0) })
                    try body(page)
                    guard let cursor = page.next?.description else { return }
                    fields = fields.setting("after", to: cursor)
                }
            }
        }
    }

    /// Closes what the service uses.
    public func close() async {
        onClose()
    }
}

extension RegistryConnection {
    /// Does nothing.
    public func close() async {}

    /// Gives the pages of a list one after another.
    /// - Throws: `Problem`, and what `body` throws.
    public func pages<U: RegistryQuery, Item, Key: TextValue>(
        of useCase: U.Type,
        _ fields: WireValue,
        _ options: CommandOptions,
        _ body: (Page<Item, Key>) throws -> Void
    ) async throws where U.Answer == Page<Item, Key> {
        var fields = fields
        while true {
            let page = try await call(useCase, fields, options)
            try body(page)
            guard let cursor = page.next?.description else { return }
            fields = fields.setting("after", to: cursor)
        }
    }

    /// Carries out a use case that takes no file.
    /// - Throws: `Problem`.
    public func call<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        _ options: CommandOptions
    ) async throws -> U.Output {
        try await call(useCase, fields, file: nil, options)
    }
}
