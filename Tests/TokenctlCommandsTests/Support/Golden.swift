import Foundation
import Testing

/// Compares a text with the file that holds what it should be.
///
/// With `RECORD_GOLDEN=1` in the environment the file is written anew, and the test fails all the same: look at the
/// difference before it is committed.
func expectGolden(
    _ text: String,
    _ name: String,
    fileType: String = "txt",
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/\(name).\(fileType)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
        try text.write(to: file, atomically: true, encoding: .utf8)
        Issue.record("recorded \(name).\(fileType)", sourceLocation: sourceLocation)
        return
    }
    let golden = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if golden != text {
        Issue.record(
            "\(name).\(fileType) differs.\n--- golden\n\(golden)\n--- now\n\(text)",
            sourceLocation: sourceLocation
        )
    }
}
