import Testing

@testable import CSV

@Suite("The text of a whole file")
struct FileTextTests {
    @Test("UTF-8 with a mark and without, UTF-16 with a mark and without, and Windows-1252")
    func encodings() throws {
        let text = "M\u{FC}nchen \u{20AC}5\n\u{1F600}"
        let units = Array(text.utf16)
        let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        for bytes in [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, little,
            big,
        ] {
            #expect(FileText.utf8(bytes) == Array(text.utf8))
        }
        #expect(FileText.utf8([0x4D, 0xFC, 0x80]) == Array("M\u{FC}\u{20AC}".utf8))
        // 0x81 is no character of Windows-1252.
        #expect(FileText.utf8([0x4D, 0xFC, 0x81]) == nil)
        #expect(FileText.utf8([]) == [])
    }
}
