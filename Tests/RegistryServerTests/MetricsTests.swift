import RegistryAPI
import Testing

@testable import Registry
@testable import RegistryServer

@Suite("Figures for Prometheus")
struct MetricsTests {
    @Test("What should be known is counted by kind, and names no organisation")
    func notices() async throws {
        try await withDaemon { daemon in
            _ = try await daemon.perform(daemon.organization("contoso"))
            _ = try await daemon.perform(
                AddEnrollment(
                    organization: OrganizationID(stored: "contoso"),
                    program: ProgramID(stored: "silver-competency"),
                    startsOn: try #require(CalendarDate("2025-05-01")),
                    tokens: .mint
                )
            )
            var text = ""
            // The first look begins with the first reader, who does not wait for it.
            for _ in 0..<1_000 where !text.contains("tokend_notices{") {
                text = try await RawClient.ask(daemon.socketPath, RawClient.get("/metrics")).body
            }
            for line in [
                "tokend_notices{kind=\"tokens-unredeemed\",severity=\"warning\"} 1",
                "tokend_notices{kind=\"seats-lapse\",severity=\"warning\"} 0",
                "tokend_notice_quantity{kind=\"tokens-unredeemed\",severity=\"warning\"} 1",
                // The end of 30 April 2026.
                "tokend_notice_end_timestamp_seconds{kind=\"tokens-unredeemed\",severity=\"warning\"} 1777593600",
            ] {
                #expect(text.contains("\n\(line)\n"), "\(line)")
            }
            #expect(text.contains("\ntokend_build_info{version=\"0.1.0\",commit=\""))
            #expect(!text.contains("contoso"))
        }
    }

    @Test("The process's own figures are those of the system")
    func process() throws {
        let figures = try #require(ProcessFigures())
        #expect(figures.residentBytes > 1 << 20 && figures.virtualBytes > figures.residentBytes)
        #expect(figures.threads > 0 && (figures.openDescriptors ?? 0) >= 3)
        #expect((figures.maximumDescriptors ?? 0) >= (figures.openDescriptors ?? 0))
        let now = Double(SystemClock().now().secondsSinceEpoch)
        #expect(figures.startSeconds < now + 1 && figures.startSeconds > now - 86_400)
    }
}
