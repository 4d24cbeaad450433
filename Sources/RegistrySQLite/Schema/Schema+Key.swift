extension Schema {
    static let keyFingerprintTable = """
        -- The key that codes are sealed with, by a fingerprint that reveals nothing about it.
        CREATE TABLE registry_key (
            number INTEGER PRIMARY KEY CHECK (number = 1),
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32)
        ) STRICT;

        """
        + appendOnly("registry_key", key: "number", because: "codes are sealed with one key")
}
