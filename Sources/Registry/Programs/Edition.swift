/// A licence table of its time: from when its programmes hold, and how sure that is.
///
/// An enrollment keeps the edition that it was made from, whatever comes later.
public struct Edition: Hashable, Sendable, Codable {
    /// Such as `2026`.
    public let id: EditionID
    /// The first day on which an enrollment is made from it; nil for the first edition of all.
    public var from: CalendarDate?

    public init(id: EditionID, from: CalendarDate? = nil) {
        self.id = id
        self.from = from
    }

    /// The edition of a licence table that names none: what stood in the catalogue before there were editions.
    public static let first = Edition(id: EditionID(stored: "2014"))
}

public typealias EditionID = Identifier<Edition>

extension Edition: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.from ?? .earliest, left.id) < (right.from ?? .earliest, right.id)
    }
}

extension CalendarDate {
    fileprivate static let earliest = CalendarDate(daysSinceEpoch: -719_162)
}

extension [Program] {
    /// Of a programme's editions, the one that an enrollment of `day` is made from: the latest that holds then, or the
    /// first where none does yet.
    func edition(on day: CalendarDate) -> Program? {
        last { $0.edition.from.map { $0 <= day } ?? true } ?? first
    }
}
