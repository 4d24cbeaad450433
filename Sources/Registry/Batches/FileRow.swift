/// A row of a file, by the fields that it fills.
struct FileRow: Sendable {
    /// The line of the file, from 1.
    let line: Int
    /// What is not empty.
    var values: [String: String]
    /// What the file calls each field's column.
    let columns: [String: String]

    /// Names the row's column of this field as the place of something wrong.
    func problem(_ field: String?, code: RefusalCode, rule: Rule? = nil, _ detail: String) -> InputProblem {
        InputProblem(
            row: line,
            column: field.map { columns[$0] ?? $0 },
            code: code,
            rule: rule,
            detail: ActivationCode.masking(detail).escaped
        )
    }

    /// What a refusal says of the row, and of which column.
    func problem(_ refusal: Refusal) -> InputProblem {
        let named = refusal.fact("field") ?? refusal.code.field(among: columns)
        return problem(named, code: refusal.code, rule: refusal.rule, refusal.detail)
    }
}

extension RefusalCode {
    /// The field that a row's refusal is about, of those that its file has.
    fileprivate func field(among columns: [String: String]) -> String? {
        fields.first { columns[$0] != nil }
    }

    private var fields: [String] {
        switch self {
        case .organizationNotFound: ["organization"]
        case .locationNotFound, .locationNotAssociated: ["location"]
        case .programNotFound, .programNotAvailable: ["program"]
        case .enrollmentNotFound: ["enrollment", "predecessorId"]
        case .enrollmentEnded: ["endedOn", "id"]
        case .tenantNotFound: ["tenant"]
        case .skuNotFound, .tenantIncompatibleSKU, .skuUnknownFamily: ["skuPartNumber"]
        case .seatsExhausted, .seatsUnlicensed, .seatsOutOfService, .assignmentNotAllowed: ["skuPartNumber"]
        case .licenseNotAllowed: ["product"]
        case .identifierTaken: ["id"]
        case .assignmentExists, .assignmentNotFound, .userNotFound: ["userPrincipalName", "user", "from"]
        case .purposeNotAllowed: ["purpose"]
        case .dateInFuture, .dateTooEarly: ["on", "endedOn", "startsOn"]
        case .entitlementCountryMaximum, .entitlementWorldwideMaximum, .entitlementExceeded:
            ["location", "product", "skuPartNumber"]
        default: []
        }
    }
}
