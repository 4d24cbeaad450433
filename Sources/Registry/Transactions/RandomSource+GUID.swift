extension RandomSource {
    /// A random GUID (version 4, RFC 9562), in lower case.
    public func guid() -> String {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: next())
        bytes.append(bigEndian: next())
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, character) in bytes.hexadecimal.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(character)
        }
        return text
    }
}
