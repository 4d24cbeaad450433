import Glibc
import NIOCore

/// Stands first in the listening socket's pipeline: when a connection cannot be accepted for want of descriptors or
/// memory, waits a little instead of trying again at once and for ever.
final class AcceptPause: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    static let length: TimeAmount = .milliseconds(200)

    private var isPausing = false

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        guard !isPausing else { return }
        isPausing = true
        // What the socket was asked to read stays asked for after an error; without this it is tried again at once.
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.length) {
            self.isPausing = false
            try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
