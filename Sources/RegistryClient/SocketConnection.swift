import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
public import Registry
public import RegistryAPI

/// The registry through the daemon's socket.
public struct SocketConnection: RegistryConnection {
    private let exchange: HTTPExchange

    /// - Parameters:
    ///   - path: the daemon's socket.
    ///   - trust: whose program may answer there.
    public init(path: String, trust: DaemonTrust = DaemonTrust([:])) {
        exchange = HTTPExchange(socketPath: path, trust: trust)
    }

    public func call<U: PublishedUseCase>(
        _ useCase: U.Type,
        _ fields: WireValue,
        file: UploadedFile?,
        _ options: CommandOptions
    ) async throws -> U.Output {
        let route = EndpointTable.entry(of: useCase).route
        let request = EncodedInput(fields, of: route, options: options, fileName: file?.name)
        let answer = try await exchange.send(request, body: file.map(EncodedInput.Body.file) ?? request.body)
        return try decode(U.Output.self, answer, options)
    }

    /// The ledger's rows that the fields of ``ListAudit`` name, and then those that are appended, until either side ends it.
    /// - Throws: `Problem`; also the stream does.
    public func follow(
        _ fields: WireValue,
        _ options: CommandOptions
    ) async throws -> AsyncThrowingStream<AuditEntryResource, any Error> {
        let route = EndpointTable.entry(of: ListAudit.self).route
        let encoded = EncodedInput(fields.setting("follow", to: true), of: route, options: options)
        let lines = try await exchange.stream(encoded)
        return AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    for try await line in lines {
                        continuation.yield(try JSONDecoder().decode(AuditEntryResource.self, from: line))
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    public func close() async {
        await exchange.close()
    }

    private func decode<Output: Decodable>(
        _ type: Output.Type,
        _ answer: Data,
        _ options: CommandOptions
    ) throws -> Output {
        do {
            return try JSONDecoder().decode(type, from: answer)
        } catch {
            throw TransportProblem.answerUnreadable.problem(
                "The daemon's answer is not what this version of tokenctl reads; both should be of one version.",
                requestID: options.requestID
            )
        }
    }
}
