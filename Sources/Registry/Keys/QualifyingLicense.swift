/// R22: the licence that a machine has before a programme licence of Windows client can be put on top of it.
public enum QualifyingLicense: String, Choice {
    public static let summary = "The licence that a Windows licence upgrades."

    case windowsXPProfessional = "Windows XP Professional"
    case windowsVistaBusiness = "Windows Vista Business"
    case windows7Professional = "Windows 7 Professional"
    case windows8Pro = "Windows 8 Pro"

    /// R22: reads a licence as a person writes it, such as `Windows 7 Professional` or `windows-8-pro`, and refuses every
    /// other one (`license.not-allowed`), home editions among them.
    public static func parse(_ text: String) -> Result<QualifyingLicense, Refusal> {
        let given = words(of: text)
        if let found = allCases.first(where: { words(of: $0.rawValue) == given }) { return .success(found) }
        let isHome = given.contains { $0.hasPrefix("home") || $0 == "starter" }
        let names = allCases.map(\.rawValue)
        return .failure(
            Refusal(
                .licenseNotAllowed,
                rule: .r22,
                "\(quoted(text)) does not qualify for the programme's Windows licences, which are upgrades"
                    + "\(isHome ? ": home editions never do" : ""). The machine needs one of "
                    + "\(names.joined(separator: ", ")).",
                facts: ["qualifyingLicense": text, "qualifying": names]
            )
        )
    }

    private static func words(of text: String) -> [String] {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }.map(String.init)
        return words.filter { $0 != "microsoft" && $0 != "windows" }.map { $0 == "pro" ? "professional" : $0 }
    }
}

extension QualifyingLicense {
    /// R22: said when an activation of Windows client does not name what the machine had.
    static func missing(on machine: String) -> Warning {
        Warning(
            code: "license.qualifying-unknown",
            rule: .r22,
            detail:
                "The programme's Windows licences are upgrades. Check which licence \(quoted(machine)) came with, and "
                + "name it when you record the activation: \(allCases.map(\.rawValue).joined(separator: ", "))."
        )
    }
}
