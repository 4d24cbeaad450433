import NIOCore
import NIOHTTP1
import NIOPosix
import RegistryAPI
import ServiceLifecycle

/// HTTP/1.1 on a Unix-domain socket, and where it is asked for on a port for browsers, with the caller's credentials and each connection's limits.
///
/// A connection's requests are read, answered and written on its event loop, by the handlers of its channel:
/// ``RequestGate``, the parser, ``ConnectionGuard`` and ``RequestHandler``.
struct LocalServer: Service {
    let socketPath: String
    /// The port for browsers; nil where there is none.
    let webAddress: WebAddress?
    let limits: ServerLimits
    let census: ConnectionCensus
    let metrics: ServerMetrics
    let dispatcher: RequestDispatcher
    /// Called once the socket takes connections, and the port, where it is the one that was chosen; false ends the server.
    let onRunning: @Sendable (WebAddress?) -> Bool

    /// Serves until the group shuts down gracefully, and then finishes what was accepted.
    func run() async throws {
        let connections = OpenConnections()
        var listeners = [
            try await bootstrap(isWeb: false, connections)
                .bind(unixDomainSocketPath: socketPath, cleanupExistingSocketFile: true).get()
        ]
        var webAddress = webAddress
        if let address = webAddress {
            do {
                let listener = try await bootstrap(isWeb: true, connections).bind(
                    host: address.host,
                    port: address.port
                )
                .get()
                webAddress?.port = listener.localAddress?.port ?? address.port
                listeners.append(listener)
            } catch {
                try? await listeners[0].close()
                throw StartupFailure("Cannot serve the page on \(address): \(error).")
            }
        }
        let all = listeners
        guard onRunning(webAddress) else {
            for listener in all { try? await listener.close() }
            return
        }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                for listener in all { try? await listener.closeFuture.get() }
                await connections.ended()
            } onGracefulShutdown: {
                for listener in all { listener.close(promise: nil) }
                connections.quiesce()
            }
        } onCancel: {
            for listener in all { listener.close(promise: nil) }
            connections.close()
        }
    }

    private func bootstrap(isWeb: Bool, _ connections: OpenConnections) -> ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: isWeb ? 1 : 0)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause())
                }
            }
            .childChannelInitializer { channel in
                setUp(channel, isWeb: isWeb).map { connections.add(channel) }
            }
    }

    private func setUp(_ channel: any Channel, isWeb: Bool) -> EventLoopFuture<Void> {
        // Who is at the other end of a port, nobody says.
        let peer: EventLoopFuture<UInt32?> =
            isWeb
            ? channel.eventLoop.makeSucceededFuture(nil)
            : PeerCredentials.user(of: channel).flatMapErrorThrowing { _ in nil }
        return peer.flatMapThrowing { peer in
            let user = peer ?? .max
            let admission = census.enter(user)
            let ending = ConnectionEnding()
            channel.closeFuture.whenComplete { _ in
                census.leave(user, admission)
                ending.end()
            }
            if case .turnedAway = admission { throw ChannelError.ioOnClosedChannel }
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = limits.headerSize
            decoding.maxHeaderListSize = limits.headerSize
            decoding.maxHeaderFieldCount = limits.headerCount
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(
                // One request at a time is let in.
                withPipeliningAssistance: false,
                withErrorHandling: false,
                // What is answered with was written here.
                withOutboundHeaderValidation: false,
                withEncoderConfiguration: HTTPResponseEncoder.Configuration(),
                withDecoderLimitConfiguration: decoding
            )
            try pipeline.addHandler(ConnectionGuard(limits: limits, admission: admission, metrics: metrics))
            let connection = LocalConnection(channel: channel, peer: peer, ending: ending, isWeb: isWeb)
            try pipeline.addHandler(RequestHandler(dispatcher, connection))
        }
    }
}
