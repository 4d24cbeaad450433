import Glibc
import Registry

/// This process's arguments, as other users see them with `ps`.
enum ProcessArguments {
    /// Overwrites the codes among them, but for their last groups. Call it once they have been read.
    static func hideCodes() {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            let bytes = UnsafeMutableBufferPointer(start: argument, count: strlen(argument))
            guard let masked = masked(String(cString: argument)), masked.utf8.count == bytes.count else { continue }
            for (place, byte) in masked.utf8.enumerated() { bytes[place] = CChar(bitPattern: byte) }
        }
    }

    /// `argument` with its code overwritten, which may follow an option's name as in `--code=CODE`; nil when it has none.
    static func masked(_ argument: String) -> String? {
        let start = argument.lastIndex(of: "=").map { argument.index(after: $0) } ?? argument.startIndex
        let code = argument[start...]
        guard (try? ActivationCode(parsing: String(code))) != nil else { return nil }
        let shown = 5
        return argument[..<start] + String(repeating: "*", count: max(0, code.utf8.count - shown)) + code.suffix(shown)
    }
}
