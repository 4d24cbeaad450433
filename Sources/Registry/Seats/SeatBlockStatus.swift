/// What a seat block can do on a day, in the words of Microsoft Graph.
public enum SeatBlockStatus: String, Choice {
    public static let summary = "How seats stand on a day."

    case enabled
    /// Past its service end; users keep access.
    case warning
    /// Only administrators have access.
    case suspended
    case deleted
    /// Locked by Microsoft. No date leads to it; it is what a portal can report.
    case lockedOut
}
