/// From what a renewed year is counted.
public enum AnniversaryBasis: String, Choice {
    public static let summary = "Which day a programme year is counted from."

    /// The default: from the anniversary of the year that closes.
    case currentAnniversary = "current-anniversary"
    /// From the day of the renewal.
    case renewal
    /// From the day on which the renewal was paid.
    case payment
}
