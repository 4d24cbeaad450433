import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Answers every request with the same document, in the channel's handler: as little as an HTTP server on NIO can do.
final class BareHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let body: ByteBuffer
    private let head: HTTPResponseHead

    init(body: ByteBuffer) {
        self.body = body
        head = HTTPResponseHead(
            version: .http1_1,
            status: .ok,
            headers: [
                "Content-Type": "application/json", "Content-Length": String(body.readableBytes),
                "Cache-Control": "no-store",
            ]
        )
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

guard CommandLine.arguments.count == 3, let size = Int(CommandLine.arguments[2]), size > 0 else {
    print("usage: BareServer SOCKET BODY-SIZE")
    exit(64)
}
let body = ByteBuffer(string: "{\"text\":\"" + String(repeating: "x", count: max(0, size - 11)) + "\"}")
let channel = try ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .serverChannelOption(.backlog, value: 1_024)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(BareHandler(body: body))
        }
    }
    .bind(unixDomainSocketPath: CommandLine.arguments[1], cleanupExistingSocketFile: true)
    .wait()
try channel.closeFuture.wait()
