/// R21: whose hardware a virtual machine runs on, when it is not the organisation's own.
public enum VirtualMachineHost: String, Choice {
    public static let summary = "Who runs the machine that a virtual machine stands on."

    case azure
    case mobilityPartner = "mobility-partner"

    /// R21: refuses a virtual machine that others than the partner have access to (`license.not-allowed`).
    public func check(partnerOnlyAccess: Bool) -> Result<Void, Refusal> {
        guard !partnerOnlyAccess else { return .success(()) }
        return .failure(
            Refusal(
                .licenseNotAllowed,
                rule: .r21,
                "A programme licence runs on a virtual machine at \(place) only if the organisation alone "
                    + "has access to it. Say so with --partner-only-access, or use a licence from elsewhere.",
                facts: ["host": rawValue]
            )
        )
    }

    /// R21: what the registry cannot know, since the licences that may go there are named elsewhere.
    public func advice(product: String) -> Warning {
        Warning(
            code: "license.selected-only",
            rule: .r21,
            detail: "Only selected licences may run on virtual machines at \(place): check that \(quoted(product)) is "
                + "among those that the Product Usage Guide of the year names."
        )
    }

    private var place: String {
        switch self {
        case .azure: "Azure"
        case .mobilityPartner: "an authorised mobility partner"
        }
    }
}
