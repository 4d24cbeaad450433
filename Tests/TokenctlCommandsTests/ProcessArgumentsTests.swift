import Testing

@testable import TokenctlCommands

@Suite("Codes on the command line")
struct ProcessArgumentsTests {
    @Test("A code is overwritten but for its last group, also behind an option's name; nothing else is")
    func masked() {
        #expect(ProcessArguments.masked("HJ4KM-QRTVW-XY234-6789B-BCDFG") == "************************BCDFG")
        #expect(ProcessArguments.masked("--code=HJ4KMQRTVWXY2346789BBCDFG") == "--code=********************BCDFG")
        #expect(ProcessArguments.masked("contoso.onmicrosoft.com") == nil)
        #expect(ProcessArguments.masked("T42") == nil)
        #expect(ProcessArguments.masked("") == nil)
    }
}
