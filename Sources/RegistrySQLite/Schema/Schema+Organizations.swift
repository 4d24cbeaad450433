extension Schema {
    static let organizationTables = """
        CREATE TABLE organizations (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL CHECK (name <> ''),
            country TEXT NOT NULL CHECK (length(country) = 2),
            time_zone TEXT NOT NULL,
            portal TEXT NOT NULL CHECK (portal IN ('partner-center', 'pmc')),
            year_length TEXT NOT NULL CHECK (year_length IN ('calendar', '365-days')),
            anniversary_basis TEXT NOT NULL,
            recorded_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE locations (
            number INTEGER PRIMARY KEY,
            organization INTEGER NOT NULL REFERENCES organizations,
            id TEXT NOT NULL,
            name TEXT NOT NULL CHECK (name <> ''),
            country TEXT NOT NULL CHECK (length(country) = 2),
            headquarters INTEGER NOT NULL CHECK (headquarters IN (0, 1)),
            associated INTEGER NOT NULL CHECK (associated IN (0, 1)),
            recorded_at INTEGER NOT NULL,
            UNIQUE (organization, id)
        ) STRICT;
        CREATE UNIQUE INDEX locations_one_headquarters ON locations (organization) WHERE headquarters = 1;

        CREATE TRIGGER locations_no_second_headquarters BEFORE INSERT ON locations
        WHEN NEW.headquarters = 1 AND EXISTS (
            SELECT 1 FROM locations WHERE organization = NEW.organization AND headquarters = 1
        )
        BEGIN SELECT RAISE(ABORT, 'locations: an organisation has one headquarters'); END;

        """
        + appendOnly("organizations", key: "number", unique: ["id"], because: "an organisation is recorded once")
        + appendOnly("locations", key: "number", unique: ["organization, id"], because: "a location is recorded once")
}
