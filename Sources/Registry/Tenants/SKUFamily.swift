/// What kind of product a SKU is, as far as R39 asks.
///
/// The Microsoft 365 enterprise and frontline suites (`SPE_E3`, `SPE_E5`, `SPE_F1`, …) contain the Office 365 suite of
/// their letter and add Windows and Enterprise Mobility, which R39 does not touch. They are therefore counted with the
/// suite that they contain: Microsoft 365 E as ``enterprise``, Microsoft 365 F (the former kiosk plans) as ``kiosk``.
/// An edition for schools or public bodies is ``academic`` or ``government`` only where it is an Office 365 product;
/// Intune for a school is ``other`` like Intune.
public enum SKUFamily: String, Choice {
    public static let summary = "The family of a SKU, which decides what may share a tenant."

    /// E suites: Office 365 and Microsoft 365 E1 to E5.
    case enterprise
    /// K suites, today F: Office 365 K1, K2 and F3, Microsoft 365 F1 and F3.
    case kiosk
    /// P, M and business suites.
    case business
    /// Office 365 suites and plans for schools.
    case academic
    /// Office 365 suites and plans for public bodies.
    case government
    /// A single plan or an add-on of Office 365: Exchange, SharePoint, Teams, Project, Visio, …
    case office365Plan = "office365-plan"
    /// A service outside Office 365: Intune, Dynamics, Enterprise Mobility, Entra ID, Power BI, Windows, …
    case other

    /// Whether the SKU is Office 365, in whole or in part.
    public var isOffice365: Bool { self != .other }

    /// R39: among Office 365 SKUs bought outside the programme only enterprise (E) and kiosk (K) may be on a tenant
    /// with programme seats. Services outside Office 365 are not touched.
    public var mayShareTenantWithProgramSeats: Bool {
        switch self {
        case .enterprise, .kiosk, .other: true
        case .business, .academic, .government, .office365Plan: false
        }
    }
}
