import Registry

/// The command that settles a difference, ready for a shell.
struct SettlingCommand {
    let text: String

    init(_ difference: ReconciliationDifference, user: UserPrincipalName?, _ answer: ReconciliationResource) {
        let tenant = answer.tenantDomain.value
        let sku = difference.skuPartNumber?.text ?? "SKU"
        let words: [String] =
            switch difference.settlement {
            case .setTenantID: ["tenant", "set-id", tenant, difference.tenantId?.value ?? "GUID"]
            case .redeem: ["redeem", "--token", difference.tokenId?.description ?? "TOKEN", "--tenant", tenant]
            case .signUp:
                [
                    "tenant", "signup", answer.organizationId.value, "--domain", tenant, "--admin",
                    answer.administrator.value, "--service", "intune", "--enrollment",
                    difference.enrollmentId?.value ?? "ENR",
                ]
            case .addSubscription:
                [
                    "tenant", "add-subscription", tenant, "--sku", sku, "--seats", String(difference.seats ?? 0),
                    "--source", "TEXT",
                ]
            case .assign: ["seat", "assign", user?.value ?? "USER", "--tenant", tenant, "--sku", sku]
            case .release: ["seat", "release", user?.value ?? "USER", "--tenant", tenant, "--sku", sku]
            case .importSKUs: ["sku", "import", "FILE"]
            case .compareUsers: ["reconcile", tenant, "USERS-FILE"]
            case .review where difference.code == .skuIncompatible: ["rules", "R39"]
            case .review: ["seat", "list", tenant]
            }
        text = "tokenctl " + words.map(Self.quoted).joined(separator: " ")
    }

    /// For a shell.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "@", "/", ":", "+", ",": true
            default: false
            }
        }
        return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }
}
