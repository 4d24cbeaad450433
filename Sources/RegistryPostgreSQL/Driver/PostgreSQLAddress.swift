#if PostgreSQL
import CPostgreSQL
import Glibc

/// Where a server is and who connects to it: a connection string or a URI, whatever libpq takes, several hosts included.
///
/// Its description has no password.
package struct PostgreSQLAddress: Hashable, Sendable {
    private var settings: [String: String] = [:]
    /// Those that the environment has, which libpq takes where nothing else is said.
    private var environment: Set<String> = []

    /// - Throws: `PostgreSQLError` when libpq does not understand it, in its words.
    package init(_ text: String) throws(PostgreSQLError) {
        var failure: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &failure) else {
            defer { PQfreemem(failure) }
            // Its words quote a part of the text, which may be a password.
            let isSecret = text.contains("@") || text.lowercased().contains("password")
            let words = failure.map { isSecret ? "" : ": " + PostgreSQLError.line($0) } ?? ""
            throw PostgreSQLError(
                code: PostgreSQLError.cannotConnect,
                message: "the connection string cannot be read" + words
            )
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            let name = String(cString: keyword)
            if let value = option.pointee.val { settings[name] = String(cString: value) }
            if let variable = option.pointee.envvar, getenv(variable) != nil { environment.insert(name) }
            option += 1
        }
    }

    /// A setting as it was given, such as `dbname`.
    package subscript(_ keyword: String) -> String? {
        get { settings[keyword] }
        set { settings[keyword] = newValue }
    }

    /// With what holds where nothing else is said, in the string or in the environment.
    func filled(with defaults: [String: String]) -> PostgreSQLAddress {
        var filled = self
        for (keyword, value) in defaults where settings[keyword] == nil && !environment.contains(keyword) {
            filled[keyword] = value
        }
        return filled
    }

    /// - Returns: a connection that was made, or one that says why not.
    func connect() -> OpaquePointer? {
        let ordered = settings.sorted { $0.key < $1.key }
        let keywords = ordered.map { UnsafePointer(strdup($0.key)) }
        let values = ordered.map { UnsafePointer(strdup($0.value)) }
        defer { for text in keywords + values { free(UnsafeMutablePointer(mutating: text)) } }
        return PQconnectdbParams(keywords + [nil], values + [nil], 0)
    }
}

extension PostgreSQLAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        ["host", "hostaddr", "port", "dbname", "user"].compactMap { name in settings[name].map { "\(name)=\($0)" } }
            .joined(separator: " ")
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
#endif
