import NIOCore
import NIOHTTP1
import NIOPosix
import Registry
import RegistryAPI

/// A file on its way: its pieces are written to the disk one after another by threads that may wait for it.
///
/// Belongs to its channel's event loop.
final class UploadBody {
    private let exchange: Exchange
    private let limit: Int
    /// What its reader is told when the file is complete, or was refused.
    private let completion: Completion<UploadedFile>
    /// Nil until the caller is known to be allowed to send it.
    private var file: SpooledFile?
    private var waiting: [ByteBuffer] = []
    private var isWriting = false
    private var count = 0
    private var isComplete = false
    private var hasEnded = false
    /// Called when more may be read.
    private let goOnReading: () -> Void

    /// Bytes that wait to be written before no more are read from the client.
    private static let waitingLimit = 1 << 20

    init(
        _ exchange: Exchange,
        upTo limit: Int,
        goOnReading: @escaping () -> Void,
        completion: @escaping Completion<UploadedFile>
    ) {
        self.exchange = exchange
        self.limit = limit
        self.goOnReading = goOnReading
        self.completion = completion
    }

    /// Whether the client's bytes may come.
    var takesMore: Bool {
        hasEnded || (file != nil && waiting.reduce(0) { $0 + $1.readableBytes } < Self.waitingLimit)
    }

    /// The caller may send it, and it is kept in `file`.
    func begin(in file: SpooledFile) {
        self.file = file
        exchange.goOn(upTo: limit)
        exchange.connection.channel.triggerUserOutboundEvent(UploadBegins(), promise: nil)
        write()
        goOnReading()
    }

    func append(_ piece: ByteBuffer) {
        guard !hasEnded else { return }
        count += piece.readableBytes
        guard count <= limit else { return end(.failure(RequestProblem.bodyTooLarge(limit))) }
        waiting.append(piece)
        write()
    }

    /// The client has sent all of it.
    func complete() {
        isComplete = true
        write()
    }

    /// Nobody waits for it any more.
    func abandon() {
        hasEnded = true
        waiting = []
        file = nil
    }

    private func write() {
        guard let file, !isWriting, !hasEnded else { return }
        guard !waiting.isEmpty else {
            if isComplete { finish(file) }
            return
        }
        isWriting = true
        let pieces = waiting
        waiting = []
        let loop = exchange.connection.channel.eventLoop
        NIOThreadPool.singleton.runIfActive(eventLoop: loop) {
            for piece in pieces { try file.append(piece) }
        }.assumeIsolated().whenComplete { result in
            self.isWriting = false
            if case .failure(let error) = result { return self.end(.failure(error)) }
            self.write()
            if !self.hasEnded { self.goOnReading() }
        }
    }

    private func finish(_ file: SpooledFile) {
        do {
            try exchange.checkComplete(file.count)
            end(.success(file.uploadedFile(named: Self.fileName(exchange.headers) ?? "upload.csv")))
        } catch {
            end(.failure(error))
        }
    }

    private func end(_ result: Result<UploadedFile, any Error>) {
        guard !hasEnded else { return }
        abandon()
        goOnReading()
        completion(result)
    }

    /// `Content-Disposition: attachment; filename*=UTF-8''tokens%202026.csv`
    private static func fileName(_ headers: HTTPHeaders) -> String? {
        guard let disposition = headers.first(name: "Content-Disposition") else { return nil }
        for part in disposition.split(separator: ";").map({ String($0).trimmingBlanks }) {
            if part.hasPrefix("filename*=UTF-8''") { return decoded(part.dropFirst(17)) }
            if part.hasPrefix("filename=\""), part.hasSuffix("\"") { return decoded(part.dropFirst(10).dropLast()) }
        }
        return nil
    }

    private static func decoded(_ text: Substring) -> String? {
        guard let target = try? RequestTarget("/" + text), target.segments.count == 1 else { return nil }
        let name = target.segments[0]
        let isPlain = name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        return (1...255).contains(name.utf8.count) && isPlain ? name : nil
    }
}
