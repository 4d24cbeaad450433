import Foundation
import Testing

@testable import Registry

@Suite("The time zones of a country")
struct CountryTimeZonesTests {
    @Test("A country whose zones agree since 1990 has one, and another country has several")
    func zones() throws {
        #expect(try CountryCode("DE").timeZones == ["Europe/Berlin"])
        #expect(try CountryCode("IN").timeZones == ["Asia/Kolkata"])
        let states = try CountryCode("US").timeZones
        #expect(states.first == "America/New_York" && states.count > 3)
        #expect(try CountryCode("US").timeZones.count > 1)
    }

    @Test("The table agrees with this machine's time zone database")
    func database() throws {
        let file = "/usr/share/zoneinfo/zone.tab"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return }
        var listed: [String: [String]] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let fields = line.split(separator: "\t")
            listed[String(fields[0]), default: []].append(String(fields[2]))
        }
        #expect(listed.count > 240)
        for (code, zones) in listed {
            let known = CountryCode(stored: code).timeZones
            #expect(Set(known).isSubset(of: zones), "\(code)")
            guard zones.count > 1, known.count == 1, let only = TimeZone(identifier: known[0]) else { continue }
            for name in zones {
                let zone = try #require(TimeZone(identifier: name))
                let differs = (0..<1_900).first { week in
                    let instant = Date(timeIntervalSince1970: 631_152_000 + Double(week) * 604_800)
                    return zone.secondsFromGMT(for: instant) != only.secondsFromGMT(for: instant)
                }
                #expect(differs == nil, "\(name) and \(known[0])")
            }
        }
    }

    @Test("A stored zone that the machine does not know is refused by name, and never UTC")
    func unknown() throws {
        #expect(throws: Refusal.self) { try OrganizationTimeZone(stored: "Mars/Olympus_Mons") }
        #expect(try OrganizationTimeZone(stored: "Asia/Kolkata").identifier == "Asia/Kolkata")
    }
}
