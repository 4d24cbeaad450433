import FoundationEssentials

/// The lines of an NDJSON file, an object on each; empty lines are skipped.
struct JSONLines {
    private var source: any ChunkSource
    private var waiting: [UInt8]
    private var start = 0
    private var number = 0
    private var isAtEnd = false
    private let decoder = JSONDecoder()

    /// The longest line, in bytes.
    private static let lineLimit = 1 << 20

    /// - Parameter first: what was already read of `source`.
    init(_ first: [UInt8], _ source: any ChunkSource) {
        waiting = first.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(first.dropFirst(3)) : first
        self.source = source
    }

    struct Line {
        /// From 1.
        let number: Int
        let content: Result<[String: Value], Fault>
    }

    /// Why a line cannot be read.
    struct Fault: Error {
        let detail: String
    }

    /// - Throws: what the file throws; `Refusal` for a line without an end.
    mutating func next() throws -> Line? {
        while let line = try nextLine() {
            number += 1
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            return Line(number: number, content: object(line))
        }
        return nil
    }

    private func object(_ line: ArraySlice<UInt8>) -> Result<[String: Value], Fault> {
        do {
            return .success(try decoder.decode([String: Value].self, from: Data(line)))
        } catch {
            return .failure(Fault(detail: "The line is not a JSON object."))
        }
    }

    private mutating func nextLine() throws -> ArraySlice<UInt8>? {
        var searched = start
        while true {
            if let end = waiting[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return waiting[start..<end]
            }
            searched = waiting.count
            guard !isAtEnd, let chunk = try source.next() else {
                isAtEnd = true
                defer { start = waiting.count }
                return start < waiting.count ? waiting[start...] : nil
            }
            searched -= start
            waiting.removeFirst(start)
            start = 0
            waiting += chunk
            guard waiting.count - start <= Self.lineLimit + chunk.count else {
                throw Refusal(.importInvalid, "Line \(number + 1) is longer than \(Self.lineLimit) bytes.")
            }
        }
    }

    /// A value of a line's object, as the text that a column would have.
    enum Value: Decodable {
        case plain(String)
        /// A list or an object.
        case nested

        var text: String? {
            if case .plain(let text) = self { text } else { nil }
        }

        init(from decoder: any Decoder) throws {
            guard let container = try? decoder.singleValueContainer() else {
                self = .nested
                return
            }
            if container.decodeNil() {
                self = .plain("")
            } else if let text = try? container.decode(String.self) {
                self = .plain(text)
            } else if let flag = try? container.decode(Bool.self) {
                self = .plain(flag ? "true" : "false")
            } else if let number = try? container.decode(Int64.self) {
                self = .plain(String(number))
            } else if let number = try? container.decode(Double.self) {
                self = .plain(String(number))
            } else {
                self = .nested
            }
        }
    }
}
