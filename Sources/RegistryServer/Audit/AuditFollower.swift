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
    func body(of query: ListAudit) async throws -> @Sendable (AnswerStream) async throws -> Void {
        // Listens first: a row that is committed meanwhile is not missed.
        let updates = commits.commits()
        let first = try await page(of: query, as: call.caller)
        return { stream in
            var query = query
            var page = first
            var iterator = updates.makeAsyncIterator()
            repeat {
                repeat {
                    if !page.items.isEmpty { try await stream.write(try lines(page.items)) }
                    query = query.going(onAfter: page.items.last)
                    let isLast = page.next == nil
                    if isLast { break }
                    page = try await self.page(of: query, as: caller())
                } while true
                guard await iterator.next() != nil, connection.channel.isActive else { break }
                do {
                    page = try await self.page(of: query, as: caller())
                } catch is Refusal {
                    break
                }
            } while true
        }
    }

    private func page(of query: ListAudit, as caller: Caller) async throws -> ListAudit.Answer {
        try await call.service.answer(query, as: caller, requestID: call.options.requestID)
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
