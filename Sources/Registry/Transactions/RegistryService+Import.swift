extension RegistryService {
    /// So many rows are staged in one turn of the writer.
    static let stagingBatch = 1_000

    /// Carries out an import: all of its rows become real in one last transaction, with its ledger row, or none.
    ///
    /// - Throws: `Refusal`. A refused import leaves nothing, not even a row of the ledger; a denial is one.
    public func perform<Import: FileImport>(
        _ useCase: Import,
        as caller: Caller,
        options: CommandOptions
    ) async throws -> Import.Answer {
        let memory = try memory(for: useCase, as: caller, options: options)
        var judgement: Import.Judgement
        switch try await judge(useCase, as: caller, options: options, memory) {
        case .answered(let earlier): return earlier
        case .judged(let found): judgement = found
        }
        if options.isDryRun { return useCase.answer(judgement) }

        let area = StagingArea(number: SystemRandomSource().next())
        do {
            try await stage(useCase, judgement, in: area)
            while true {
                let judged = judgement
                let answer = try await carryOut(useCase, as: caller, options: options) { permitted, context in
                    if let earlier = try memory?.answer(in: context.transaction) { return earlier as Import.Answer? }
                    guard let answer = try useCase.run(on: permitted.subject, judged, staged: area, in: context) else {
                        return nil
                    }
                    try memory?.keep(answer, of: context.organizationID, in: context.transaction)
                    return answer
                }
                if let answer {
                    await forget(area)
                    return answer
                }
                // Another's write came in between: the file is as it was, and may be wrong now.
                guard case .judged(let found) = try await judge(useCase, as: caller, options: options, memory) else {
                    continue
                }
                judgement = found
            }
        } catch {
            await forget(area)
            throw error
        }
    }

    private enum Judged<Import: FileImport>: Sendable {
        case judged(Import.Judgement)
        /// The request was answered before.
        case answered(Import.Answer)
    }

    private func judge<Import: FileImport>(
        _ useCase: Import,
        as caller: Caller,
        options: CommandOptions,
        _ memory: AnswerMemory<Import.Answer>?
    ) async throws -> Judged<Import> {
        let result: Result<Judged<Import>, AccessDenial> = try store.readNow(within: .none) { reading in
            let now = try reading.instant(of: clock, acceptsAny: Import.acceptsAnyClock)
            let context = QueryContext(reading: reading, now: now, caller: caller, secrets: secrets, store: store)
            do {
                let permitted = try useCase.authorize(context.gate)
                if let earlier = try memory?.answer(in: reading) { return .success(.answered(earlier)) }
                return .success(
                    .judged(try useCase.judge(on: permitted.subject, in: context, overrides: options.overrides))
                )
            } catch let denial as AccessDenial {
                return .failure(denial)
            }
        }
        switch result {
        case .success(let judged): return judged
        case .failure(let denial):
            await record(denial, of: useCase, as: caller, requestID: options.requestID)
            throw denial.refusal
        }
    }

    /// Stages the rows in batches: between two of them the writer serves others.
    private func stage<Import: FileImport>(
        _ useCase: Import,
        _ judgement: Import.Judgement,
        in area: StagingArea
    ) async throws {
        let sealer = CodeSealer(secrets: secrets, sealingKey: try await store.read { try $0.sealingKey() })
        var rows = try useCase.rows(of: judgement, sealedWith: sealer)
        var waiting: [Import.Draft] = []
        while let piece = try rows.next() {
            waiting += piece
            while waiting.count >= Self.stagingBatch {
                try await stage(useCase, Array(waiting.prefix(Self.stagingBatch)), in: area)
                waiting.removeFirst(Self.stagingBatch)
            }
        }
        try await stage(useCase, waiting, in: area)
    }

    private func stage<Import: FileImport>(_: Import, _ drafts: [Import.Draft], in area: StagingArea) async throws {
        // Nobody waits for it any more; nothing of it is real yet.
        try Task.checkCancellation()
        try await store.write { try Import.stage(drafts, in: area, of: $0) }
    }

    /// What cannot be forgotten now is gone with the process.
    private func forget(_ area: StagingArea) async {
        _ = try? await store.write { try $0.clear(area) }
    }
}
