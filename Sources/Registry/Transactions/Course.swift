/// How a use case is carried out, once it is known who asks for it.
public enum Course<Output: Sendable>: Sendable {
    /// One read, made at once on the thread that asks for it; or one transaction of the writer, whose end is told from
    /// the writer's thread.
    case oneStep(@Sendable (@escaping Completion<Output>) -> Void)
    /// Several of these, one after the other, or work of its own beside them.
    case severalSteps(@Sendable () async throws -> Output)

    /// Carries it out, and waits for its end.
    public func output() async throws -> Output {
        switch self {
        case .severalSteps(let run): try await run()
        case .oneStep(let begin):
            try await withCheckedThrowingContinuation { continuation in
                begin { continuation.resume(with: $0) }
            }
        }
    }

    /// The same course, whose output is made into something else.
    public func map<Other: Sendable>(_ transform: @escaping @Sendable (Output) throws -> Other) -> Course<Other> {
        switch self {
        case .oneStep(let begin):
            .oneStep { completion in
                begin { result in completion(Result { try transform(result.get()) }) }
            }
        case .severalSteps(let run): .severalSteps { try transform(await run()) }
        }
    }
}
