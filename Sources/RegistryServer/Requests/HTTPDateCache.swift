import Glibc
import Synchronization

/// The `Date` header (RFC 9110), written anew once a second.
final class HTTPDateCache: Sendable {
    private let state = Mutex<(second: time_t, text: String)>((0, ""))

    var now: String {
        let second = time(nil)
        return state.withLock { state in
            if state.second != second { state = (second, Self.text(second)) }
            return state.text
        }
    }

    private static func text(_ second: time_t) -> String {
        var second = second
        var parts = tm()
        gmtime_r(&second, &parts)
        // The process keeps the C locale, so days and months have their English names.
        return String(unsafeUninitializedCapacity: 64) { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                strftime($0.baseAddress, $0.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
            }
        }
    }
}
