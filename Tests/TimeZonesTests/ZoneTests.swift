import Testing

@testable import TimeZones

@Suite("A zone read from TZif")
struct ZoneTests {
    @Test("The 64-bit block gives the offset before, between and at its transitions")
    func transitions() throws {
        let file = TZif(
            transitions: [(-5_000_000_000, 1), (1_000, 2)],
            offsets: [100, 3_600, -7_200],
            footer: "\n\n"
        )
        let zone = try #require(Zone(tzif: file.bytes))
        #expect(zone.offset(at: .min) == 100)
        #expect(zone.offset(at: -5_000_000_001) == 100)
        #expect(zone.offset(at: -5_000_000_000) == 3_600)
        #expect(zone.offset(at: 999) == 3_600)
        #expect(zone.offset(at: 1_000) == -7_200)
        // An empty rule: the last offset stays.
        #expect(zone.offset(at: .max) == -7_200)
    }

    @Test("A version 1 file has the 32-bit block alone")
    func versionOne() throws {
        let zone = try #require(Zone(tzif: TZif(version: 0, transitions: [(-10, 1)], offsets: [60, 120]).bytes))
        #expect(zone.offset(at: -11) == 60)
        #expect(zone.offset(at: 0) == 120)
    }

    @Test("Versions 3, 4 and later ones are read as version 2 is", arguments: ["3", "4", "5"])
    func laterVersions(version: Character) throws {
        var file = TZif(footer: "\nXXX-1\n")
        file.version = try #require(version.asciiValue)
        #expect(try #require(Zone(tzif: file.bytes)).offset(at: 0) == 3_600)
    }

    @Test("Without transitions the rule holds at any time, and without a rule the first type")
    func noTransitions() throws {
        let ruled = TZif(transitions: [], offsets: [5], footer: "\n<+03>-3\n")
        #expect(try #require(Zone(tzif: ruled.bytes)).offset(at: -9_000_000_000) == 10_800)
        #expect(try #require(Zone(tzif: TZif(offsets: [5], footer: "\n\n").bytes)).offset(at: 9) == 5)
    }

    @Test("A file that breaks the format is refused")
    func damage() {
        var sound = TZif(transitions: [(10, 1), (20, 0)], offsets: [0, 3_600])
        #expect(Zone(tzif: sound.bytes) != nil)
        for count in 0..<sound.bytes.count { #expect(Zone(tzif: Array(sound.bytes.prefix(count))) == nil, "\(count)") }

        sound.leapSeconds = 1
        #expect(Zone(tzif: sound.bytes) == nil, "leap seconds")
        #expect(Zone(tzif: TZif(transitions: [(10, 0), (10, 0)]).bytes) == nil, "not ascending")
        #expect(Zone(tzif: TZif(transitions: [(10, 1)]).bytes) == nil, "a type that is not there")
        #expect(Zone(tzif: TZif(offsets: []).bytes) == nil, "no type")
        #expect(Zone(tzif: TZif(offsets: [93_600]).bytes) == nil, "an offset of 26 hours")
        #expect(Zone(tzif: TZif(offsets: [.min]).bytes) == nil, "the lowest offset")
        #expect(Zone(tzif: TZif(footer: nil).bytes) == nil, "no footer")
        #expect(Zone(tzif: TZif(footer: "\nnonsense\n").bytes) == nil, "no rule")
        #expect(Zone(tzif: TZif(version: UInt8(ascii: "1")).bytes) == nil, "no version")
    }

    @Test("Random damage never crashes")
    func mutations() {
        var random = SplitMix(state: 9_636)
        let seeds = [
            TZif(transitions: [(10, 1), (20, 0)], offsets: [0, 3_600], footer: "\nCET-1CEST,M3.5.0,M10.5.0/3\n").bytes,
            TZif(version: 0, transitions: [(10, 1)], offsets: [0, 3_600]).bytes,
        ]
        for _ in 0..<20_000 {
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            bytes = Array(bytes.prefix(.random(in: 0...bytes.count * 8, using: &random)))
            guard let zone = Zone(tzif: bytes) else { continue }
            for second: Int64 in [.min, -1, 0, 15, 4_000_000_000, .max] {
                #expect((-89_999...93_599).contains(zone.offset(at: second)))
            }
        }
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
