import NIOCore

/// Stands first in a connection's pipeline, and lets one request in at a time: until it has been answered and its answer
/// has been sent, what follows it is neither parsed nor, beyond one buffer, read from the socket.
///
/// Belongs to its channel's event loop.
final class RequestGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connectionGuard: ConnectionGuard
    private let guardContext: ChannelHandlerContext
    private var context: ChannelHandlerContext?
    /// What arrived and was not let in.
    private var held = ByteBuffer()
    private var isLettingIn = false
    private var isReadAskedFor = false
    /// The client has said that it sends nothing more, which is told on once everything was let in.
    private var inputHasEnded = false

    init(_ connectionGuard: ConnectionGuard, _ guardContext: ChannelHandlerContext) {
        self.connectionGuard = connectionGuard
        self.guardContext = guardContext
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if held.readableBytes == 0 { held = bytes } else { held.writeBuffer(&bytes) }
        letIn(context)
    }

    func read(context: ChannelHandlerContext) {
        if held.readableBytes > 0 { isReadAskedFor = true } else { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed, held.readableBytes > 0 {
            inputHasEnded = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        held = ByteBuffer()
        context.fireChannelInactive()
    }

    /// The request that was let in has been dealt with.
    func open() {
        guard let context, held.readableBytes > 0, !isLettingIn else { return }
        letIn(context)
        context.fireChannelReadComplete()
        guard held.readableBytes == 0, isReadAskedFor else { return }
        isReadAskedFor = false
        context.read()
    }

    private func letIn(_ context: ChannelHandlerContext) {
        guard !isLettingIn else { return }
        isLettingIn = true
        defer { isLettingIn = false }
        while held.readableBytes > 0, connectionGuard.takesBytes {
            let count = held.withUnsafeReadableBytes { connectionGuard.framing.extent(of: $0) }
            guard let bytes = held.readSlice(length: count) else { break }
            connectionGuard.bytesArrived(guardContext)
            context.fireChannelRead(wrapInboundOut(bytes))
        }
        guard held.readableBytes == 0 else { return }
        held = ByteBuffer()
        guard inputHasEnded else { return }
        inputHasEnded = false
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }
}
