import Testing

@testable import Registry

@Suite("How an installed version stands")
struct VersionStandingTests {
    private let versions = [
        ProductVersion(product: "windows-client", version: "8.1", cameOn: CalendarDate(daysSinceEpoch: 16_000)),
        ProductVersion(product: "windows-client", version: "7", cameOn: CalendarDate(daysSinceEpoch: 15_000)),
        ProductVersion(product: "windows-client", version: "10", cameOn: CalendarDate(daysSinceEpoch: 17_000)),
    ]

    private func standing(_ version: String?, on day: Int, isExempt: Bool = false) -> VersionStanding {
        VersionStanding(of: version, among: versions, isExempt: isExempt, on: CalendarDate(daysSinceEpoch: day))
    }

    @Test("R07: the day before the next version comes nothing is due, and on the day twelve months begin")
    func boundary() {
        let upgradeBy = CalendarDate(daysSinceEpoch: 16_000).adding(months: 12)
        #expect(standing("7", on: 15_999) == .latest)
        #expect(standing("7", on: 16_000) == .previous(upgradeBy: upgradeBy, to: "8.1"))
    }

    @Test("R07: the twelve months are counted from the next version, whatever came after it")
    func twoBehind() {
        let upgradeBy = CalendarDate(daysSinceEpoch: 16_000).adding(months: 12)
        #expect(standing("7", on: 17_000) == .previous(upgradeBy: upgradeBy, to: "10"))
        #expect(standing("10", on: 17_000) == .latest)
    }

    @Test("R07: an exempt installation stays, and one of no known version is unknown")
    func others() {
        #expect(standing("7", on: 17_000, isExempt: true) == .exempt)
        #expect(standing("10", on: 17_000, isExempt: true) == .latest)
        #expect(standing(nil, on: 17_000) == .unknown)
        #expect(standing("95", on: 17_000) == .unknown)
    }

    @Test("R07: training licences of the Learning competency, MSDN and volume licences are exempt, and no others")
    func exemptions() {
        func isExempt(_ product: String, _ program: Program.Kind, _ source: ProductKey.Source = .program) -> Bool {
            VersionStanding.isExempt(product: product, program: program.traits, source: source)
        }
        #expect(isExempt("windows-client", .learningCompetency))
        #expect(isExempt("MSDN", .goldCompetency))
        #expect(isExempt("windows-client", .goldCompetency, .volumeLicensing))
        #expect(!isExempt("windows-client", .goldCompetency))
        #expect(!isExempt("windows-client", .actionPack))
    }
}
