/// Who is behind a pseudonym. Each organisation knows its people by pseudonyms of its own.
public protocol PersonReading {
    /// The pseudonym of `user` in the organisation, also when `user` is that pseudonym; nil when the registry knows nobody
    /// of this name there.
    func pseudonym(of user: UserPrincipalName, in organization: OrganizationID) throws -> UserPrincipalName?
    /// The name of the person with this pseudonym; nil when it was erased, or there is no such pseudonym.
    func name(behind pseudonym: UserPrincipalName) throws -> UserPrincipalName?
}

public protocol PersonWriting {
    /// The person with this pseudonym has another name from now on.
    func rename(_ pseudonym: UserPrincipalName, to name: UserPrincipalName, at instant: Instant) throws
    /// Takes the person's name out of the registry. What names the person by the pseudonym stays.
    func eraseName(behind pseudonym: UserPrincipalName, at instant: Instant) throws
}

extension PersonReading {
    /// The name that `user` is the pseudonym of, where it is still known; else `user` itself.
    func known(_ user: UserPrincipalName) throws -> UserPrincipalName {
        guard user.isPseudonym else { return user }
        return try name(behind: user) ?? user
    }
}
