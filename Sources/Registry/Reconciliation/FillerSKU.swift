/// Free SKUs that Microsoft gives a tenant by the thousand, which nobody records.
enum FillerSKU {
    /// So many units are no purchase of a partner's.
    static let leastUnits = 10_000

    /// Why `sku` is left out where nothing of it is recorded; nil where it is not.
    /// - Parameter units: nil where the export does not say.
    static func reason(_ sku: SKU?, units: Int?) -> ReconciliationResource.Ignored.Reason? {
        if let sku, partNumbers.contains(sku.partNumber) { return .free }
        guard let units, units >= leastUnits else { return nil }
        switch sku?.family {
        // A suite in such a number was bought, or is what R39 asks about.
        case .enterprise, .kiosk, .business, .academic, .government: return nil
        case .office365Plan, .other, nil: return .manyUnits
        }
    }

    /// Those that users get by themselves, or that come with a tenant.
    private static let partNumbers = Set(
        [
            "CCIBOTS_PRIVPREV_VIRAL", "CDS_FILE_CAPACITY_VIRAL", "DYN365_ENTERPRISE_P1_IW", "FLOW_FREE", "FORMS_PRO",
            "MCOPSTNC", "MICROSOFT_BUSINESS_CENTER", "POWERAPPS_DEV", "POWERAPPS_INDIVIDUAL_USER", "POWERAPPS_VIRAL",
            "POWER_BI_STANDARD", "POWER_PAGES_VTRIAL_FOR_MAKERS", "PROJECT_MADEIRA_PREVIEW_IW_SKU",
            "RIGHTSMANAGEMENT_ADHOC", "SMB_APPS", "SPZA_IW", "STREAM", "TEAMS_EXPLORATORY", "TEAMS_FREE",
            "WINDOWS_STORE",
        ].map(SKUPartNumber.init(stored:))
    )
}
