/// R03, R05: who may use the seats that an enrollment brings.
public struct SeatScope: Hashable, Sendable {
    /// R03: the location that holds the enrollment, with all that share with it.
    public let sharing: Sharing
    /// R05: an Action Pack's country; nil for every country.
    public let country: CountryCode?
}

extension SeatScope {
    /// The scope of an enrollment in a programme of these traits.
    public init(_ traits: ProgramTraits, at location: Location) {
        self.init(sharing: Sharing(location), country: traits.isLocal ? location.country : nil)
    }

    /// Whether a user of this scope, whose country is known, may use such a seat.
    public func includes(_ user: SeatScope) -> Bool {
        sharing == user.sharing && (country == nil || country == user.country)
    }

    /// Where a user of this scope is, as part of a sentence.
    var place: String {
        let country = country.map { "in \($0)" } ?? "anywhere"
        return if case .apart(let location) = sharing { "\(country) at \(location)" } else { country }
    }

    /// Where the seats may be used, as part of a sentence.
    var reach: String {
        country == nil && sharing == .organization ? "in every country" : place
    }
}
