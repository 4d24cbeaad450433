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
    /// Finishes what was begun.
    func close() async
}

/// The registry in this process.
public struct DirectConnection: RegistryConnection {
    private let service: RegistryService
    private let caller: Caller
    private let onClose: @Sendable () -> Void

    public init(service: RegistryService, caller: Caller, onClose: @escaping @Sendable () -> Void) {
        self.service = service
        self.caller = caller
        self.onClose = onClose
    }

    public func call<U: UseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file: UploadedFile?,
        _ options: CommandOptions
    ) async throws -> U.Output {
        try await Problem.translating(requestID: options.requestID) {
            var useCase = try WireDecoder.decoding(fields) { try U(from: $0) }
            if let file, let supplied = (useCase as? any TakesFile)?.supplying(file) as? U { useCase = supplied }
            return try await useCase.output(of: service, as: caller, options: options)
        }
    }

    public func close() async {
        onClose()
    }
}

extension RegistryConnection {
    public func close() async {}

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
