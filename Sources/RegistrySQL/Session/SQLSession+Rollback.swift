package import Registry

extension SQLSession {
    /// Holds the seals against what the anchor said before this session began to read.
    package func rollback(from reading: RollbackAnchor.Reading) throws -> Rollback? {
        // Nothing is written to it any more, and the anchor that a host keeps may follow the copy.
        if try successor() != nil { return nil }
        switch reading {
        case .unusable(let reason): return .anchorUnusable(reason: reason)
        case .position(let position):
            guard position.seal > 0 else { return nil }
            let last = try lastSeal()?.number ?? 0
            let hash = position.hash.hexadecimal
            guard last >= position.seal else {
                return .missing(first: last + 1, last: position.seal, anchorHash: hash)
            }
            let found = try seal(position.seal)?.hash
            return found == position.hash ? nil : .diverged(seal: position.seal, anchorHash: hash)
        }
    }
}
