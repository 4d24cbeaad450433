import GRDB
import Registry

extension Row {
    /// A value of the domain that is stored as its text.
    /// - Throws: `Refusal` with `registry.damaged` when the text is none of the known ones.
    func stored<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        let text: String = self[column]
        guard let value = Value(rawValue: text) else { throw damaged(column, text) }
        return value
    }

    /// A day that is stored as `YYYY-MM-DD`.
    func date(_ column: String) throws -> CalendarDate {
        let text: String = self[column]
        guard let date = CalendarDate(text) else { throw damaged(column, text) }
        return date
    }

    func optionalDate(_ column: String) throws -> CalendarDate? {
        guard let text = self[column] as String? else { return nil }
        guard let date = CalendarDate(text) else { throw damaged(column, text) }
        return date
    }

    func instant(_ column: String) -> Instant {
        Instant(microsecondsSinceEpoch: self[column])
    }

    private func damaged(_ column: String, _ text: String) -> Refusal {
        Refusal(
            .registryDamaged,
            "The registry contains \"\(text.prefix(40))\" as a \(column), which is not a valid value."
        )
    }
}
