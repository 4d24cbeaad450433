import Registry
import RegistryAPI
import Synchronization
import Testing

@testable import TokenctlCommands

@Suite("A command's connection")
struct CommandConnectionTests {
    private final class Counts: Sendable {
        let opened = Mutex(0)
        let closed = Mutex(0)
    }

    private struct Unused: Error {}

    private struct Connection: RegistryConnection {
        let counts: Counts

        init(_ counts: Counts) {
            self.counts = counts
            counts.opened.withLock { $0 += 1 }
        }

        func call<U: UseCase>(
            _ useCase: U.Type,
            _ fields: WireValue,
            file: UploadedFile?,
            _ options: CommandOptions
        ) async throws -> U.Output { throw Unused() }

        func close() async { counts.closed.withLock { $0 += 1 } }
    }

    @Test("It is opened once, when it is first asked for, and closed once")
    func once() async throws {
        let counts = Counts()
        let connection = CommandConnection()
        for _ in 0..<3 { _ = try connection.get { Connection(counts) } }
        #expect(counts.opened.withLock { $0 } == 1)
        for _ in 0..<2 { await connection.close() }
        #expect(counts.closed.withLock { $0 } == 1)
    }

    @Test("A command that asks for none opens none, and one that could not be opened is tried again")
    func none() async throws {
        let counts = Counts()
        let connection = CommandConnection()
        await connection.close()
        #expect(throws: Unused.self) { try connection.get { throw Unused() } }
        _ = try connection.get { Connection(counts) }
        #expect(counts.opened.withLock { $0 } == 1)
        #expect(counts.closed.withLock { $0 } == 0)
    }
}
