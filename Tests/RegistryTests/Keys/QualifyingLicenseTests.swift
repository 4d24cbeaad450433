import Testing

@testable import Registry

@Suite("Licences that qualify for an upgrade")
struct QualifyingLicenseTests {
    @Test(
        "R22: XP Professional, Vista Business, 7 Professional and 8 Pro qualify, however they are written",
        arguments: [
            ("Windows XP Professional", QualifyingLicense.windowsXPProfessional),
            ("Microsoft Windows Vista Business", .windowsVistaBusiness),
            ("windows-7-professional", .windows7Professional),
            ("7 pro", .windows7Professional),
            ("WINDOWS 8 PRO", .windows8Pro),
        ]
    )
    func qualifies(_ text: String, _ expected: QualifyingLicense) {
        #expect(QualifyingLicense.parse(text) == .success(expected))
    }

    @Test(
        "R22: home editions and everything else are refused",
        arguments: [
            "Windows XP Home Edition", "Windows Vista Home Premium", "Windows 7 Home Premium", "Windows 7 Starter",
            "Windows 8", "Windows 7", "Windows 2000 Professional", "Linux", "",
        ]
    )
    func refused(_ text: String) {
        guard case .failure(let refusal) = QualifyingLicense.parse(text) else {
            Issue.record("\(text) does not qualify")
            return
        }
        #expect(refusal.code == .licenseNotAllowed)
        #expect(refusal.rule == .r22)
        #expect(refusal.detail.contains("home editions") == text.contains("Home") || text.contains("Starter"))
    }
}
