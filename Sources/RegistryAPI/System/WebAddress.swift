/// Where the page is served for browsers: a port of this machine that only this machine can reach.
public struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// `127.0.0.1`, or `::1`.
    public let host: String
    /// 0 until one was chosen, where any will do.
    public var port: Int

    /// Nil unless `text` is `127.0.0.1:PORT`, another address of 127.0.0.0/8, or `[::1]:PORT`. A name is none of them: who
    /// answers for it decides where it leads.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (0...65_535).contains(port)
        else { return nil }
        switch text[..<colon] {
        case "[::1]": host = "::1"
        case let address where Self.isLoopback(address): host = String(address)
        default: return nil
        }
        self.port = port
    }

    /// As a URL has it: `127.0.0.1:8765`.
    public var description: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }

    /// What a browser that was sent here says in `Host`.
    public func isNamed(by host: String) -> Bool {
        host == description || (port == 80 && host == description.dropLast(":80".count))
    }

    private static func isLoopback(_ address: Substring) -> Bool {
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            UInt8(part) != nil && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                && (part == "0" || part.first != "0")
        }
    }
}
