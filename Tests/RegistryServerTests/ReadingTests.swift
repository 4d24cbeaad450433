import JSON
import Testing

@testable import RegistryAPI
@testable import RegistryServer

@Suite("Reading requests")
struct ReadingTests {
    @Test(
        "Faults of JSON are told with their line and column",
        arguments: [
            ("{\n  \"a\": 1,\n  \"a\": 2}", 3, 3), ("[1, 2", 1, 6), ("{\"a\" 1}", 1, 6), ("[01]", 1, 3), ("[1.]", 1, 4),
            ("\"\\x\"", 1, 3), ("\"\\ud800\"", 1, 8), ("nul", 1, 1), ("1 2", 1, 3), ("", 1, 1), ("\"a\nb\"", 1, 3),
            ("[+1]", 1, 2), ("[-]", 1, 3), ("{\"a\":1,}", 1, 8), ("[1,]", 1, 4), ("'a'", 1, 1), ("[NaN]", 1, 2),
        ]
    )
    func faults(_ text: String, _ line: Int, _ column: Int) {
        let fault = #expect(throws: JSONFault.self) { try JSONScanner.scan(text.utf8) }
        #expect(fault?.line == line)
        #expect(fault?.column == column)
    }

    @Test("Depth is bounded: 32 go, 33 do not")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONScanner.scan(nested(32).utf8)
        #expect(throws: JSONFault.self) { try JSONScanner.scan(nested(33).utf8) }
    }

    @Test("Bytes that are no UTF-8 are refused")
    func encoding() {
        #expect(throws: JSONFault.self) { try JSONScanner.scan([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONFault.self) { try JSONScanner.scan([0x22, 0xC0, 0x80, 0x22]) }
    }

    private struct Input: Decodable, Equatable {
        var name: String
        var count: Int8?
        var rows: [Row]?

        struct Row: Decodable, Equatable {
            var user: String
        }
    }

    private func decode(_ json: String) throws -> Input {
        try WireDecoder.decoding(try JSONScanner.scan(json.utf8)) { try Input(from: $0) }
    }

    @Test("An input is read, numbers of any form among it")
    func input() throws {
        #expect(
            try decode(#"{"name":"a\u00e9\ud83d\ude00","count":1.2e1,"rows":[{"user":"u"}]}"#)
                == Input(name: "aé😀", count: 12, rows: [.init(user: "u")])
        )
        #expect(try decode(#"{"name":"","count":null}"#) == Input(name: "", count: nil, rows: nil))
    }

    @Test(
        "What is wrong is told with its field",
        arguments: [
            (#"{}"#, "name"), (#"{"name":1}"#, "name"), (#"{"name":"a","count":128}"#, "count"),
            (#"{"name":"a","count":1.5}"#, "count"),
            (#"{"name":"a","rows":[{"user":"u"},{"use":"u"}]}"#, "rows[1].user"),
            (#"{"name":"a","rows":[{"user":"u","x":1}]}"#, "rows[0].x"), (#"{"name":"a","rows":{}}"#, "rows"),
            (#"{"name":"a","more":1}"#, "more"),
        ]
    )
    func faultyInput(_ json: String, _ field: String) {
        let fault = #expect(throws: InputFault.self) { try decode(json) }
        #expect(fault?.field == field)
    }

    @Test("A target is decoded segment by segment")
    func target() throws {
        let target = try RequestTarget("/v1/a%2Fb/%C3%A9?x=1+2&y=%2B&z")
        #expect(target.segments == ["v1", "a/b", "é"])
        #expect(target.query.map(\.name) == ["x", "y", "z"])
        #expect(target.query.map(\.value) == ["1 2", "+", ""])
    }

    @Test("Settings: the command line counts before the environment, and that before the file")
    func settings() throws {
        func configuration(_ flags: [String: String], _ environment: [String: String] = [:], file: String = "") throws
            -> DaemonConfiguration
        {
            try DaemonConfiguration(
                flags: flags,
                environment: environment.merging(["XDG_RUNTIME_DIR": "/run/user/1", "HOME": "/h"]) { $1 },
                isRoot: false
            ) { $0 == "f" ? file : nil }
        }
        let plain = try configuration([:])
        #expect(plain.socketPath == "/run/user/1/tokend.sock")
        #expect(plain.registryPath == "/h/.local/state/tokenctl")
        let file = "# limits\nbody-size = 2048\nconnections=7\nidle-timeout = 5\n"
        let mixed = try configuration(
            ["config": "f", "body-size": "4096"],
            ["TOKEND_CONNECTIONS": "9", "TOKEND_BODY_SIZE": "2000"],
            file: file
        )
        #expect(mixed.limits.bodySize == 4_096)
        #expect(mixed.limits.connections == 9)
        #expect(mixed.limits.idleTimeout == .seconds(5))
        #expect(DaemonConfiguration.defaultSocket([:], isRoot: true) == "/run/tokend/tokend.sock")
        for wrong in [["body-size": "many"], ["body-size": "1"], ["socket": ""], ["config": "g"]] {
            #expect(throws: ConfigurationFault.self) { try configuration(wrong) }
        }
        #expect(throws: ConfigurationFault.self) { try configuration(["config": "f"], file: "body-size\n") }
        #expect(throws: ConfigurationFault.self) { try configuration(["config": "f"], file: "bodysize = 1\n") }
    }
}
