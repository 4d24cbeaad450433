import Dispatch
import Synchronization

@testable import Registry

/// A registry whose reads can be held, each on the thread that it came on, as one that takes long would.
final class HeldStore: RegistryStore {
    /// What has happened to the reads that were held.
    struct Figures: Sendable {
        var begun = 0
        var cancelled = 0
    }

    private struct State {
        var isHolding = false
        var figures = Figures()
        var held: [DispatchSemaphore] = []
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let registry: any RegistryStore
    private let state = Mutex(State())

    init(_ registry: any RegistryStore) {
        self.registry = registry
    }

    var location: String { registry.location }
    var obstacle: Refusal? { registry.obstacle }
    var figures: Figures { state.withLock { $0.figures } }

    /// Holds the reads that begin from now on.
    func hold() {
        state.withLock { $0.isHolding = true }
    }

    /// Lets reads begin again, while those that are held stay so.
    func holdNoMore() {
        state.withLock { $0.isHolding = false }
    }

    /// Lets all go.
    func release() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        for semaphore in held { semaphore.signal() }
    }

    /// Waits until the figures are as `condition` wants them.
    func until(_ condition: @Sendable (Figures) -> Bool) async {
        while true {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let isSo = state.withLock { state in
                    if condition(state.figures) { return true }
                    state.watchers.append(continuation)
                    return false
                }
                if isSo { continuation.resume() }
            }
            if condition(figures) { return }
        }
    }

    func readNow<Answer>(within limit: ReadLimit, _ body: (any RegistryReading) throws -> Answer) throws -> Answer {
        let semaphore: DispatchSemaphore? = change { state in
            guard state.isHolding else { return nil }
            let semaphore = DispatchSemaphore(value: 0)
            state.figures.begun += 1
            state.held.append(semaphore)
            return semaphore
        }
        if let semaphore {
            while semaphore.wait(timeout: .now() + .milliseconds(2)) == .timedOut {
                guard Task.isCancelled else { continue }
                change { $0.figures.cancelled += 1 }
                break
            }
        }
        return try registry.readNow(within: limit, body)
    }

    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any RegistryTransaction) throws -> Answer,
        completion: @escaping Completion<Answer>
    ) {
        registry.write(body, completion: completion)
    }

    private func change<Answer: Sendable>(_ body: (inout State) -> Answer) -> Answer {
        let (answer, watchers) = state.withLock { state in
            let answer = body(&state)
            defer { state.watchers = [] }
            return (answer, state.watchers)
        }
        for watcher in watchers { watcher.resume() }
        return answer
    }
}
