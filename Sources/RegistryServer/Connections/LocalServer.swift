import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// HTTP/1.1 on a Unix-domain socket, with the caller's credentials and each connection's limits.
///
/// A connection's requests are read, answered and written on its event loop, by the handlers of its channel:
/// ``RequestGate``, the parser, ``ConnectionGuard`` and ``RequestHandler``.
struct LocalServer: Service {
    let socketPath: String
    let limits: ServerLimits
    let census: ConnectionCensus
    let metrics: ServerMetrics
    let dispatcher: RequestDispatcher
    /// Called once the socket takes connections; false ends the server.
    let onRunning: @Sendable () -> Bool

    /// Serves until the group shuts down gracefully, and then finishes what was accepted.
    func run() async throws {
        let connections = OpenConnections()
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptPause())
                }
            }
            .childChannelInitializer { channel in
                setUp(channel).map { connections.add(channel) }
            }
            .bind(unixDomainSocketPath: socketPath, cleanupExistingSocketFile: true)
            .get()
        guard onRunning() else {
            try? await listener.close()
            return
        }
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                try? await listener.closeFuture.get()
                await connections.ended()
            } onGracefulShutdown: {
                listener.close(promise: nil)
                connections.quiesce()
            }
        } onCancel: {
            listener.close(promise: nil)
            connections.close()
        }
    }

    private func setUp(_ channel: any Channel) -> EventLoopFuture<Void> {
        PeerCredentials.user(of: channel).flatMapErrorThrowing { _ in nil }.flatMapThrowing { peer in
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
            let connection = LocalConnection(channel: channel, peer: peer, ending: ending)
            try pipeline.addHandler(RequestHandler(dispatcher, connection))
        }
    }
}
