import Crypto
package import Registry

extension Schema {
    static let peopleTables = """
        CREATE TABLE people (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            -- Stands for the name in the ledger, and everywhere once the name is erased.
            pseudonym TEXT NOT NULL UNIQUE,
            -- Set once.
            erased_at INTEGER
        ) STRICT;

        -- The one place of a person's name. Nothing else leads from a pseudonym to it.
        CREATE TABLE person_names (
            person INTEGER PRIMARY KEY REFERENCES people,
            organization INTEGER NOT NULL REFERENCES organizations,
            user_principal_name TEXT NOT NULL CHECK (user_principal_name = lower(user_principal_name)),
            salt BLOB NOT NULL CHECK (length(salt) = 32),
            UNIQUE (user_principal_name, organization)
        ) STRICT;

        -- What a person was called before. They go with the name.
        CREATE TABLE former_names (
            number INTEGER PRIMARY KEY,
            person INTEGER NOT NULL REFERENCES people,
            user_principal_name TEXT NOT NULL,
            renamed_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX former_names_by_person ON former_names (person, number);
        CREATE TRIGGER former_names_no_update BEFORE UPDATE ON former_names
        BEGIN SELECT RAISE(ABORT, 'former_names: what a person was called is kept'); END;
        CREATE TRIGGER former_names_no_delete BEFORE DELETE ON former_names
        WHEN NOT EXISTS (SELECT 1 FROM people WHERE number = OLD.person AND erased_at IS NOT NULL)
        BEGIN SELECT RAISE(ABORT, 'former_names: a name goes when the person is erased'); END;
        CREATE TRIGGER former_names_no_replace BEFORE INSERT ON former_names
        WHEN EXISTS (SELECT 1 FROM former_names WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'former_names: what a person was called is kept'); END;

        CREATE TRIGGER people_begin_named BEFORE INSERT ON people WHEN NEW.erased_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'people: a person begins with a name'); END;
        CREATE TRIGGER person_names_of_erased BEFORE INSERT ON person_names
        WHEN NOT EXISTS (
            SELECT 1 FROM people WHERE number = NEW.person AND organization = NEW.organization AND erased_at IS NULL
        )
        BEGIN SELECT RAISE(ABORT, 'person_names: an erased person has no name'); END;
        -- A person who is called otherwise is still known by what the person was called.
        CREATE TRIGGER person_names_no_update BEFORE UPDATE ON person_names
        WHEN NOT (
            NEW.person = OLD.person AND NEW.organization = OLD.organization AND NEW.salt = OLD.salt
            AND NEW.user_principal_name <> OLD.user_principal_name AND EXISTS (
                SELECT 1 FROM former_names WHERE user_principal_name = OLD.user_principal_name
                    AND number = (SELECT max(number) FROM former_names WHERE person = OLD.person)
            )
        )
        BEGIN SELECT RAISE(ABORT, 'person_names: a person''s name changes by renaming alone'); END;
        CREATE TRIGGER person_names_no_delete BEFORE DELETE ON person_names
        WHEN NOT EXISTS (SELECT 1 FROM people WHERE number = OLD.person AND erased_at IS NOT NULL)
        BEGIN SELECT RAISE(ABORT, 'person_names: a name goes when the person is erased'); END;
        CREATE TRIGGER person_names_no_replace BEFORE INSERT ON person_names
        WHEN EXISTS (SELECT 1 FROM person_names WHERE person = NEW.person) OR EXISTS (
            SELECT 1 FROM person_names
            WHERE user_principal_name = NEW.user_principal_name AND organization = NEW.organization
        )
        BEGIN SELECT RAISE(ABORT, 'person_names: a person''s name never changes'); END;

        """
        + appendOnly(
            "people",
            key: "number",
            unique: ["pseudonym"],
            except: """
                OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.number = OLD.number
                AND NEW.organization = OLD.organization AND NEW.pseudonym = OLD.pseudonym
                """,
            because: "a person is recorded once, and erased once"
        )
}

extension SQLSession {
    package func pseudonym(of user: UserPrincipalName, in organization: OrganizationID) throws -> UserPrincipalName? {
        try person(user, in: organization)?.pseudonym
    }

    package func name(behind pseudonym: UserPrincipalName) throws -> UserPrincipalName? {
        try database.first(
            """
            SELECT n.user_principal_name FROM people p JOIN person_names n ON n.person = p.number WHERE p.pseudonym = ?
            """,
            [pseudonym.value]
        )
    }

    package func eraseName(behind pseudonym: UserPrincipalName, at instant: Instant) throws {
        try database.run(
            "UPDATE people SET erased_at = ? WHERE pseudonym = ?",
            [instant.microsecondsSinceEpoch, pseudonym.value]
        )
        try database.run(
            "DELETE FROM former_names WHERE person = (SELECT number FROM people WHERE pseudonym = ?)",
            [pseudonym.value]
        )
        try database.run(
            "DELETE FROM person_names WHERE person = (SELECT number FROM people WHERE pseudonym = ?)",
            [pseudonym.value]
        )
    }

    package func rename(_ pseudonym: UserPrincipalName, to name: UserPrincipalName, at instant: Instant) throws {
        try database.run(
            """
            INSERT INTO former_names (person, user_principal_name, renamed_at)
            SELECT n.person, n.user_principal_name, ?2 FROM people p JOIN person_names n ON n.person = p.number
            WHERE p.pseudonym = ?1
            """,
            [pseudonym.value, instant.microsecondsSinceEpoch]
        )
        try database.run(
            """
            UPDATE person_names SET user_principal_name = ?2
            WHERE person = (SELECT number FROM people WHERE pseudonym = ?1)
            """,
            [pseudonym.value, name.value]
        )
    }

    typealias Person = (number: Int64, pseudonym: UserPrincipalName)

    func person(_ user: UserPrincipalName, in organization: OrganizationID) throws -> Person? {
        let organizationNumber = "(SELECT number FROM organizations WHERE id = ?)"
        let statement =
            user.isPseudonym
            ? "SELECT number, pseudonym FROM people WHERE pseudonym = ? AND organization = \(organizationNumber)"
            : """
            SELECT p.number, p.pseudonym FROM person_names n JOIN people p ON p.number = n.person
            WHERE n.user_principal_name = ? AND n.organization = \(organizationNumber)
            """
        return try database.first(statement, [user.value, organization.value]) { (try $0[0], try $0[1]) }
    }

    /// The person of this name in the organisation, who is recorded when the registry knows nobody of it.
    /// - Throws: `Refusal` with `user.not-found` for a pseudonym that the organisation has not given.
    private func recordedPerson(_ user: UserPrincipalName, in organization: OrganizationID) throws -> Person {
        if let person = try person(user, in: organization) { return person }
        guard !user.isPseudonym else {
            throw Refusal(
                .userNotFound,
                "\(user) is no pseudonym in \(organization).",
                facts: ["userPrincipalName": user, "organizationId": organization]
            )
        }
        let salt = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        var hasher = SHA256()
        hasher.update(data: salt)
        hasher.update(data: Array("\(organization) \(user)".utf8))
        let pseudonym = UserPrincipalName(pseudonymOf: hasher.finalize().prefix(16))
        let organizationNumber = try number(of: "organizations", id: organization.value)
        let number: Int64 = try database.insert(
            "INSERT INTO people (organization, pseudonym) VALUES (?, ?)",
            [organizationNumber, pseudonym.value]
        )
        try database.run(
            "INSERT INTO person_names (person, organization, user_principal_name, salt) VALUES (?, ?, ?, ?)",
            [number, organizationNumber, user.value, salt]
        )
        return (number, pseudonym)
    }

    func personNumber(_ user: UserPrincipalName, in organization: OrganizationID) throws -> Int64 {
        try recordedPerson(user, in: organization).number
    }

    /// What stands for a name in the organisation's ledger. A pseudonym that it has not given stays what it is.
    func ledgerName(_ user: UserPrincipalName, in organization: OrganizationID) throws -> UserPrincipalName {
        user.isPseudonym ? user : try recordedPerson(user, in: organization).pseudonym
    }

    /// A person's name, or the pseudonym of one who was erased, where ``joinPeople(_:)`` has joined the tables.
    static let personName = "coalesce(n.user_principal_name, p.pseudonym)"

    /// - Parameter column: holds the person's number.
    static func joinPeople(_ column: String) -> String {
        "JOIN people p ON p.number = \(column) LEFT JOIN person_names n ON n.person = p.number"
    }
}
