import HummingbirdCore
import NIOCore
import Registry
import RegistryAPI

/// Streams the ledger's rows as they are appended, one JSON document a line.
struct AuditFollower: Sendable {
    let call: Call
    let commits: CommitFeed
    let connection: LocalConnection
    /// Who the caller is now; what they may is asked anew for every page.
    let caller: @Sendable () throws -> Caller

    /// - Throws: `Refusal` when the caller may not read the ledger; found out before the answer begins.
    func body(from input: ListAuditOperation.Input) async throws -> ResponseBody {
        // Listens first: a row that is committed meanwhile is not missed.
        let updates = commits.commits()
        let first = try await ListAuditOperation.perform(input, in: call)
        return ResponseBody { writer in
            var input = input
            var page = first
            var iterator = updates.makeAsyncIterator()
            repeat {
                repeat {
                    if !page.items.isEmpty { try await writer.write(try lines(page.items)) }
                    input.after = page.items.last.map { String($0.sequence) } ?? input.after
                    let isLast = page.next == nil
                    if isLast { break }
                    page = try await next(input)
                } while true
                guard await iterator.next() != nil, connection.channel.isActive else { break }
                do {
                    page = try await next(input)
                } catch is Refusal {
                    break
                }
            } while true
            try await writer.finish(nil)
        }
    }

    private func next(_ input: ListAuditOperation.Input) async throws -> PageOf<AuditEntryResource> {
        let call = Call(service: call.service, caller: try caller(), options: call.options)
        return try await ListAuditOperation.perform(input, in: call)
    }

    private func lines(_ entries: [AuditEntryResource]) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        for entry in entries {
            buffer.writeBytes(try WireJSON.encode(entry))
            buffer.writeInteger(UInt8(ascii: "\n"))
        }
        return buffer
    }
}
