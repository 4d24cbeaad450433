extension OrganizationNotices {
    /// R24: products whose keys have few activations left, all keys of a product and version together, so that a new key
    /// silences an old one. Told to whoever may see keys (R15).
    mutating func collectKeys() throws {
        guard selection.tells(.keysRunningOut), try context.gate.holds(.keys, in: organization.id) else { return }
        let windowStart = ActivationForecast.windowStart(on: today)
        var sums: [Product: Sum] = [:]
        var last: ProductKeyID?
        repeat {
            let keys = try reading.productKeys(of: organization.id, after: last, limit: PageLimit.standard.value)
            for key in keys where isUsable(key) {
                guard let activations = key.activations else { continue }
                let use = try reading.keyUse(of: key.id, since: windowStart)
                sums[Product(name: key.product, version: key.version), default: Sum()].add(activations, use)
            }
            last = keys.count == PageLimit.standard.value ? keys.last?.id : nil
        } while last != nil

        for (product, sum) in sums {
            let forecast = ActivationForecast(activations: sum.activations, use: sum.use, today: today)
            guard let left = forecast.left else { continue }
            let isFew = left.multipliedReportingOverflow(by: 100).partialValue <= sum.activations * thresholds.keys
            let runsOut = forecast.runsOutOn.flatMap { $0 <= horizon ? $0 : nil }
            guard sum.use.consumed > 0, isFew || runsOut != nil else { continue }
            let name = product.name + (product.version.map { " \($0)" } ?? "")
            add(
                .keysRunningOut,
                .warning,
                "\(counted(left, "activation")) of \(name) left, of \(sum.activations)"
                    + (runsOut.map { "; at the present rate the last is used on \($0)." } ?? "."),
                rule: .r24,
                quantity: left,
                on: nil,
                about: Subject(product: name),
                limit: sum.activations
            )
        }
    }

    /// A key of an enrollment that ended is nobody's concern; a volume licence's goes on.
    private func isUsable(_ key: ProductKey) -> Bool {
        guard key.source == .program else { return true }
        return enrollments.first { $0.id == key.enrollmentID }?.isInForce(on: today, portal: organization.portals)
            ?? false
    }

    private struct Product: Hashable {
        let name: String
        let version: String?
    }

    private struct Sum {
        var activations = 0
        var use = KeyUse(consumed: 0, consumedLately: 0, firstConsumedOn: nil)

        mutating func add(_ more: Int, _ other: KeyUse) {
            activations = activations.clampedSum(more)
            use = KeyUse(
                consumed: use.consumed.clampedSum(other.consumed),
                consumedLately: use.consumedLately.clampedSum(other.consumedLately),
                firstConsumedOn: [use.firstConsumedOn, other.firstConsumedOn].compactMap(\.self).min()
            )
        }
    }
}
