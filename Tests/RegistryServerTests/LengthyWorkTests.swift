import Foundation
import RegistryAPI
import Testing

@testable import Registry
@testable import RegistryServer

@Suite("Lengthy work keeps nobody else waiting")
struct LengthyWorkTests {
    private static let statement = RawClient.get("/v1/organizations/big/statement")

    @Test("While a caller's statements take long, short requests, writes and the daemon's own routes are answered")
    func othersAreServed() async throws {
        try await withDaemon { daemon in
            _ = try await daemon.perform(try daemon.organization("big"))
            daemon.store.hold()
            var clients: [RawClient] = []
            for _ in 0..<64 {
                let client = try RawClient(daemon.socketPath)
                await client.send(Self.statement)
                clients.append(client)
            }
            let atOnce = ServerLimits().lengthyWorkPerUser
            await daemon.store.until { $0.begun == atOnce }
            daemon.store.holdNoMore()
            let write = RawClient.post("/v1/organizations", #"{"id":"a","name":"A","country":"DE"}"#)
            #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/healthz")).status == 200)
            #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/readyz")).status == 200)
            #expect(try await RawClient.ask(daemon.socketPath, write).status == 201)
            #expect(try await RawClient.ask(daemon.socketPath, RawClient.get("/v1/organizations/a")).status == 200)
            #expect(daemon.store.figures.begun == atOnce)
            daemon.store.release()
            for client in clients { #expect(try await client.answer().status == 200) }
        }
    }

    @Test("Work whose client has left is cancelled, and what waited for its turn never begins")
    func clientLeaves() async throws {
        try await withDaemon { daemon in
            _ = try await daemon.perform(try daemon.organization("big"))
            daemon.store.hold()
            let atOnce = ServerLimits().lengthyWorkPerUser
            var clients: [RawClient] = []
            for _ in 0..<20 {
                let client = try RawClient(daemon.socketPath)
                await client.send(Self.statement)
                clients.append(client)
            }
            await daemon.store.until { $0.begun == atOnce }
            // Those that wait leave first.
            for client in clients.reversed() { client.hangUp() }
            await daemon.store.until { $0.cancelled == $0.begun }
            daemon.store.holdNoMore()
            #expect(try await RawClient.ask(daemon.socketPath, Self.statement).status == 200)
        }
    }

    @Test("What a caller asks beyond a bound is refused, and can be asked again later")
    func tooMuch() async throws {
        var limits = ServerLimits()
        limits.lengthyWorkPerUser = 1
        limits.lengthyWorkWaiting = 1
        try await withDaemon(limits: limits) { daemon in
            _ = try await daemon.perform(try daemon.organization("big"))
            daemon.store.hold()
            // Of three, one runs, one waits, and one is refused.
            try await withThrowingTaskGroup(of: RawClient.Answer.self) { group in
                for _ in 0..<3 { group.addTask { try await RawClient.ask(daemon.socketPath, Self.statement) } }
                let refused = try await group.next()
                #expect(refused?.status == 429)
                #expect(refused?.member("code") == "requests.too-many")
                #expect(refused?.headers["retry-after"] == "1")
                daemon.store.release()
                for try await answer in group { #expect(answer.status == 200) }
            }
        }
    }

    @Test("A caller's turn lasts until it is ended, and keeps only that caller waiting")
    func turnIsHeld() async throws {
        var limits = ServerLimits()
        limits.lengthyWorkPerUser = 1
        limits.lengthyWorkWaiting = 0
        let work = LengthyWork(limits: limits)
        let ending = ConnectionEnding()
        let (_, turn) = try await work.run(for: 1, until: ending) {}
        await #expect(throws: RequestProblem.self) { try await work.run(for: 1, until: ending) {} }
        try await work.run(for: 2, until: ending) {}.1.end()
        turn.end()
        try await work.run(for: 1, until: ending) {}.1.end()
    }

    @Test("Work runs on its own threads, before and after it has waited for something")
    func threads() async throws {
        var limits = ServerLimits()
        limits.lengthyWork = 1
        let work = LengthyWork(limits: limits)
        let (threads, turn) = try await work.run(for: 1, until: ConnectionEnding()) {
            let before = Self.thread()
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume() }
            }
            return [before, Self.thread()]
        }
        turn.end()
        let (again, other) = try await work.run(for: 2, until: ConnectionEnding()) { Self.thread() }
        other.end()
        #expect(Set(threads) == [again])
    }

    private static func thread() -> UInt { UInt(pthread_self()) }
}

@Suite("Turns")
struct TurnsTests {
    @Test("A caller runs as many as it may at once; the next begins when one ends")
    func perCaller() {
        var turns = Turns(limit: 4, limitPerUser: 2, waitingPerUser: 2)
        #expect(turns.ask(1, ticket: 1) == .begins)
        #expect(turns.ask(1, ticket: 2) == .begins)
        #expect(turns.ask(1, ticket: 3) == .waits)
        #expect(turns.ask(1, ticket: 4) == .waits)
        #expect(turns.ask(1, ticket: 5) == .refused(waiting: 2))
        #expect(turns.ask(2, ticket: 6) == .begins)
        #expect(turns.end(1) == [3])
        #expect(turns.end(1) == [4])
        #expect(turns.end(1) == [])
    }

    @Test("Callers take turns, whoever waits with more")
    func rotation() {
        var turns = Turns(limit: 1, limitPerUser: 1, waitingPerUser: 10)
        #expect(turns.ask(1, ticket: 1) == .begins)
        for ticket in 2...4 { #expect(turns.ask(1, ticket: ticket) == .waits) }
        #expect(turns.ask(2, ticket: 5) == .waits)
        #expect(turns.end(1) == [2])
        #expect(turns.end(1) == [5])
        #expect(turns.end(2) == [3])
    }

    @Test("Who gives up is passed over")
    func givesUp() {
        var turns = Turns(limit: 1, limitPerUser: 1, waitingPerUser: 10)
        #expect(turns.ask(1, ticket: 1) == .begins)
        #expect(turns.ask(1, ticket: 2) == .waits)
        #expect(turns.ask(2, ticket: 3) == .waits)
        turns.giveUp(1, ticket: 2)
        #expect(turns.end(1) == [3])
        #expect(turns.end(2) == [])
        #expect(turns.ask(1, ticket: 4) == .begins)
    }
}
