import Glibc

/// Finds where a request ends in the bytes that a client sent, as far as is needed to hold back the next one.
///
/// What it gives to the parser at a time holds no more than one request's end. Whether a request is valid is the parser's
/// matter.
struct RequestFraming {
    private enum Part {
        /// Ends with a blank line, as do chunks; a blank line within a chunk does no harm.
        case lines
        /// So many bytes are left.
        case body(Int)
    }

    private var part = Part.lines
    /// Whether anything but blank lines came.
    private var hasBegun = false
    private var lineHasBegun = false

    /// The head was parsed: a body of `length` bytes follows, or one in chunks.
    mutating func headEnded(length: Int?, isChunked: Bool) {
        part = isChunked ? .lines : .body(length ?? 0)
    }

    /// The request was parsed to its end.
    mutating func requestEnded() {
        self = RequestFraming()
    }

    /// How many of `bytes`, which are not empty, the parser may have next: at least one.
    mutating func extent(of bytes: UnsafeRawBufferPointer) -> Int {
        switch part {
        case .body(let left) where left > 0:
            let count = min(left, bytes.count)
            part = .body(left - count)
            return count
        case .lines, .body: return extentOfLines(of: bytes)
        }
    }

    /// Through the first blank line that follows another.
    private mutating func extentOfLines(of bytes: UnsafeRawBufferPointer) -> Int {
        var start = 0
        while start < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
            guard let base = rest.baseAddress, let found = memchr(base, 0x0A, rest.count) else { break }
            let length = UnsafeRawPointer(found) - base
            let isBlank = !lineHasBegun && (length == 0 || (length == 1 && rest[0] == 0x0D))
            lineHasBegun = false
            start += length + 1
            if !isBlank {
                hasBegun = true
            } else if hasBegun {
                return start
            }
        }
        if let last = bytes[start...].last, bytes.count - start > 1 || last != 0x0D {
            lineHasBegun = true
            hasBegun = true
        }
        return bytes.count
    }
}
