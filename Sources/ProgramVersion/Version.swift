/// What `--version` and `tokenctl version` print.
public enum Version {
    /// The version of `tokenctl` and `tokend`.
    public static let current = "0.1.0"

    /// The commit that they were built from, with `-dirty` after it where the sources were changed since; nil where they
    /// were not built from a repository.
    public static let commit: String? = sourceCommit.isEmpty ? nil : sourceCommit
}
