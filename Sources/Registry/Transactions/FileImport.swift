import CSV

/// A use case that takes the rows of a file, all or none, and keeps nobody else's writes waiting for them.
///
/// The rows are judged from one consistent state, without the writer. Those of a file with nothing wrong in it are staged
/// a batch at a time, and others write between two batches. One last transaction makes them real, where what they were
/// judged from still holds; otherwise they are judged anew. A refused file, and a dry run, take no writer at all.
public protocol FileImport: RecordedUseCase, TakesFile where Output == Performed<Answer> {
    /// What judging the rows found out, and what it was found out from.
    associatedtype Judgement: Sendable
    /// A row as it is staged.
    associatedtype Draft: Sendable

    /// Judges every row.
    /// - Throws: `Refusal` that names the bad ones.
    func judge(on subject: Subject, in context: QueryContext, overrides: Set<OverridableRule>) throws -> Judgement

    /// What a dry run answers.
    func answer(_ judgement: Judgement) -> Answer

    /// The rows that were judged, sealed: the file is read once more, so that no more than a piece of it is in memory.
    func rows(of judgement: Judgement, sealedWith sealer: CodeSealer) throws -> JudgedRows<Draft>

    static func stage(_ drafts: [Draft], in area: StagingArea, of transaction: any RegistryTransaction) throws

    /// Makes the staged rows real, and appends to the ledger.
    /// - Returns: nil, and nothing is written, where something that they were judged from has changed.
    /// - Throws: `Refusal`.
    func run(
        on subject: Subject,
        _ judgement: Judgement,
        staged area: StagingArea,
        in context: CommandContext
    ) throws -> Answer?
}

extension FileImport {
    public func course(
        through service: RegistryService,
        as caller: Caller,
        options: CommandOptions
    ) -> Course<Output> {
        .severalSteps {
            Performed(try await service.perform(self, as: caller, options: options), isDryRun: options.isDryRun)
        }
    }
}

/// - Throws: `Refusal` when other rows were staged than those that were judged.
func requireComplete<Subject>(_ numbers: ClosedRange<NumberedIdentifier<Subject>>?, _ count: Int) throws {
    let recorded = numbers.map { $0.upperBound.number - $0.lowerBound.number + 1 } ?? 0
    guard recorded == Int64(count) else { throw fileChanged }
}

/// A file that gave other rows when it was read again.
private let fileChanged = Refusal(
    .inputInvalid,
    "The file changed while it was being read; nothing was imported. Try again when it is complete."
)

/// The rows of a CSV file that was judged, piece by piece.
public struct JudgedRows<Draft> {
    private var file: any ChunkSource
    private var reader: CSVReader
    private let draft: (CSVRow) throws -> Draft?
    private var isFinished = false

    /// - Parameter draft: nil where the row has something wrong in it, which it had not when it was judged.
    init(_ file: any ChunkSource, _ reader: CSVReader, draft: @escaping (CSVRow) throws -> Draft?) {
        self.file = file
        self.reader = reader
        self.draft = draft
    }

    /// - Throws: `Refusal`.
    mutating func next() throws -> [Draft]? {
        guard !isFinished else { return nil }
        var drafts: [Draft] = []
        let draft = draft
        let take = { (row: CSVRow) in
            guard let made = try draft(row) else { throw fileChanged }
            drafts.append(made)
        }
        do {
            if let chunk = try file.next() {
                try reader.read(chunk, row: take)
            } else {
                isFinished = true
                try reader.finish(row: take)
            }
        } catch is CSVError {
            throw fileChanged
        }
        guard reader.problems.isEmpty else { throw fileChanged }
        return drafts
    }
}
