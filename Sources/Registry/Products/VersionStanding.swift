/// R07: how an installed version stands to the versions that the programme has.
public enum VersionStanding: Hashable, Sendable {
    /// Nothing newer has come.
    case latest
    /// A newer one has come: through this day there is time to upgrade.
    case previous(upgradeBy: CalendarDate, to: String)
    /// A newer one has come, and the installation may stay all the same.
    case exempt
    /// The version is not stated, or not among the programme's.
    case unknown

    /// After a newer version comes, the previous one has so many months.
    public static let monthsToUpgrade = 12

    /// R07: no downgrade rights. An installation has twelve months from the day its next version came.
    ///
    /// - Parameters:
    ///   - versions: of the product, in any order.
    ///   - day: versions that come later are not there yet.
    public init(of installed: String?, among versions: [ProductVersion], isExempt: Bool, on day: CalendarDate) {
        let present = versions.filter { $0.cameOn <= day }.sorted { $0.cameOn < $1.cameOn }
        let name = installed?.lowercased()
        guard let own = present.first(where: { $0.version.lowercased() == name }) else {
            self = .unknown
            return
        }
        guard let next = present.first(where: { $0.cameOn > own.cameOn }), let latest = present.last else {
            self = .latest
            return
        }
        self =
            isExempt
            ? .exempt
            : .previous(upgradeBy: next.cameOn.adding(months: Self.monthsToUpgrade), to: latest.version)
    }

    /// R07: training licences of the Learning competency and MSDN benefits are exempt; what was bought elsewhere is not
    /// the programme's matter.
    public static func isExempt(product: String, program: ProgramTraits, source: ProductKey.Source) -> Bool {
        program.isExemptFromUpgrades || product.lowercased() == ProductLine.msdn.rawValue || source != .program
    }
}
