import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// A client's connection on the socket.
struct LocalConnection: ServerChildChannelValue {
    let asyncChannel: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>
    /// The user id of the caller; nil where the kernel did not say: such a caller is nobody.
    let peer: UInt32?
    let ending: ConnectionEnding

    var channel: any Channel { asyncChannel.channel }
    /// What the caller's shares are counted by.
    var userID: UInt32 { peer ?? .max }
}

/// HTTP/1.1 on a Unix-domain socket, with the caller's credentials and the connection's limits.
struct LocalChannel: ServerChildChannel {
    typealias Responder =
        @concurrent @Sendable (Request, consuming ResponseWriter, LocalConnection) async throws -> Void

    let limits: ServerLimits
    let census: ConnectionCensus
    let metrics: ServerMetrics
    let responder: Responder

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<LocalConnection> {
        PeerCredentials.user(of: channel).flatMap { peer in
            let user = peer ?? .max
            let admission = census.enter(user)
            let ending = ConnectionEnding()
            channel.closeFuture.whenComplete { _ in
                census.leave(user, admission)
                ending.end()
            }
            if case .turnedAway = admission {
                channel.close(promise: nil)
                return channel.eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
            }
            let http = HTTP1Channel(
                responder: { _, _, _ in },
                configuration: .init(
                    additionalChannelHandlers: [
                        ConnectionGuard(limits: limits, admission: admission, metrics: metrics)
                    ],
                    idleTimeout: TimeAmount(limits.idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headerSize,
                        maxHeaderListSize: limits.headerSize,
                        maxHeaderFieldCount: limits.headerCount
                    )
                )
            )
            return http.setup(channel: channel, logger: logger)
                .map { LocalConnection(asyncChannel: $0, peer: peer, ending: ending) }
        }
    }

    func handle(value connection: LocalConnection, logger: Logger) async {
        let http = HTTP1Channel(responder: { request, writer, _ in
            try await responder(request, writer, connection)
        })
        await http.handle(value: connection.asyncChannel, logger: logger)
    }
}
