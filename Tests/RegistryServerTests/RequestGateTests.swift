import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import RegistryServer

@Suite("A connection has one request in work")
struct RequestGateTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel()
        let operations = channel.pipeline.syncOperations
        try operations.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
        try operations.addHandler(
            ConnectionGuard(limits: ServerLimits(), admission: .admitted, metrics: ServerMetrics())
        )
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/s")).wait()
    }

    @Test("What is pipelined is not parsed before the answer to the request before it has been sent")
    func pipelined() throws {
        try send(String(repeating: RawClient.get("/healthz"), count: 1_000))
        for _ in 0..<3 {
            #expect(try parts() == ["head", "end"])
            answer()
            #expect(try parts() == [])
            channel.flush()
        }
        #expect(try parts() == ["head", "end"])
    }

    @Test("While requests wait, nothing is read from the socket; after them it is")
    func reading() throws {
        final class Reads: ChannelOutboundHandler {
            typealias OutboundIn = ByteBuffer
            var count = 0
            func read(context: ChannelHandlerContext) {
                count += 1
                context.read()
            }
        }
        let reads = Reads()
        try channel.pipeline.syncOperations.addHandler(reads, position: .first)
        try send(RawClient.get("/healthz") + RawClient.get("/readyz"))
        let before = reads.count
        channel.pipeline.read()
        #expect(reads.count == before)
        #expect(try parts() == ["head", "end"])
        answer()
        channel.flush()
        #expect(reads.count == before + 1)
        #expect(try parts() == ["head", "end"])
    }

    @Test("Requests of any form are taken one by one, in whatever pieces they come", arguments: [1, 2, 7, 1_000])
    func pieces(size: Int) throws {
        let requests = [
            "\r\n\r\n" + RawClient.get("/healthz"),
            RawClient.post("/v1/organizations", "{}\n\n{}"),
            "POST /v1/organizations HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            RawClient.post("/v1/organizations", ""),
        ]
        let bytes = Array(requests.joined().utf8)
        var answered = 0
        var sent = 0
        while answered < requests.count {
            let seen = try parts()
            #expect(seen.count { $0 == "head" } <= 1)
            if seen.last == "end" {
                answered += 1
                answer()
                channel.flush()
            } else if sent < bytes.count {
                let piece = bytes[sent..<min(bytes.count, sent + size)]
                try channel.writeInbound(ByteBuffer(bytes: piece))
                sent += piece.count
            } else {
                Issue.record("\(answered) of \(requests.count) requests came")
                break
            }
        }
    }

    @Test("That a client sends nothing more is told after its last request")
    func inputEnds() throws {
        final class Ending: ChannelInboundHandler {
            typealias InboundIn = HTTPServerRequestPart
            var hasEnded = false
            func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
                if event as? ChannelEvent == .inputClosed { hasEnded = true }
            }
        }
        let ending = Ending()
        try channel.pipeline.syncOperations.addHandler(ending)
        try send(RawClient.get("/healthz") + RawClient.get("/healthz"))
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!ending.hasEnded)
        _ = try parts()
        answer()
        channel.flush()
        #expect(ending.hasEnded)
        #expect(try parts() == ["head", "end"])
    }

    private func send(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    /// The parts that have come since the last time.
    private func parts() throws -> [String] {
        var names: [String] = []
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head: names.append("head")
            case .body: if names.last != "body" { names.append("body") }
            case .end: names.append("end")
            }
        }
        return names
    }

    /// Writes an answer, and does not send it.
    private func answer() {
        let head = HTTPResponseHead(version: .http1_1, status: .noContent)
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(HTTPServerResponsePart.end(nil), promise: nil)
    }
}
