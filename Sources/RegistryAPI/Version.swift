/// The version that `--version` prints.
public enum Version {
    /// The version of `tokenctl` and `tokend`.
    public static let current = "0.1.0"
}
