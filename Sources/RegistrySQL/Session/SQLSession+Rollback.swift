package import Registry

extension SQLSession {
    /// Holds the ledger against what the anchor said before this session began to read.
    package func rollback(from reading: RollbackAnchor.Reading) throws -> Rollback? {
        switch reading {
        case .unusable(let reason): return .anchorUnusable(reason: reason)
        case .position(let position):
            guard position.sequence > 0 else { return nil }
            let head = try auditHead()?.sequence ?? 0
            let hash = position.hash.hexadecimal
            guard head >= position.sequence else {
                return .missing(first: head + 1, last: position.sequence, anchorHash: hash)
            }
            let row = try auditEntries(.all, after: position.sequence - 1, limit: 1).first
            return row?.hash == position.hash ? nil : .diverged(sequence: position.sequence, anchorHash: hash)
        }
    }
}
