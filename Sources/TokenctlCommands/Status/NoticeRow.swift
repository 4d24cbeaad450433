import Registry
import RegistryAPI

/// A notice as it is printed: with the command that helps, or tells more.
struct NoticeRow: Encodable {
    let notice: NoticeResource

    private enum CodingKeys: CodingKey {
        case command
    }

    func encode(to encoder: any Encoder) throws {
        try notice.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(command, forKey: .command)
    }

    var command: String {
        let organization = notice.organizationId
        let tenant = notice.tenantDomain.map { ShellWord.quoted($0.description) } ?? "TENANT"
        let enrollment = notice.enrollmentId.map { ShellWord.quoted($0.description) } ?? "ENR"
        return switch notice.kind {
        case .seatsUnlicensed: "tokenctl redeem --token TOKEN --tenant \(tenant)"
        case .overUse, .nearMaximum:
            "tokenctl statement \(organization)\(notice.product.map { " --explain \(ShellWord.quoted($0))" } ?? "")"
        case .restsOnNothing: "tokenctl enrollment show \(enrollment)"
        case .seatsLapse, .seatsIdle: "tokenctl seat list \(tenant)"
        case .tokensUnredeemed:
            "tokenctl token list \(organization) --status unredeemed --enrollment \(enrollment)"
        case .renewalDue: "tokenctl renewal plan \(enrollment) --out FILE"
        case .keysRunningOut: "tokenctl key list \(organization)"
        case .replacementCloses: "tokenctl token list \(organization) --status redeemed"
        }
    }
}
