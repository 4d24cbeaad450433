import RegistryAPI

/// The next command to run, for problems that have one.
enum Hints {
    static func hint(for problem: Problem) -> String? {
        let organization = problem.member("organizationId") ?? "ORG"
        return switch problem.code {
        case "organization.not-found": "tokenctl org list"
        case "location.not-found": "tokenctl location list \(organization)"
        case "program.not-found": "tokenctl program list"
        case "enrollment.not-found": "tokenctl enrollment list \(organization)"
        case "tenant.not-found": "tokenctl tenant list \(organization)"
        case "token.not-found": "tokenctl token list \(organization), or tokenctl token import FILE --enrollment ENR"
        case "sku.not-found", "sku.unknown-family":
            "tokenctl sku import FILE, with the list of product names that Microsoft publishes as CSV"
        case "assignment.not-found", "user.not-found": "tokenctl license list \(organization)"
        case "assignment.exists":
            problem.member("userPrincipalName").map {
                "tokenctl user show \($0) --org \(organization), or tokenctl user switch"
            }
        case "seats.exhausted", "seats.unlicensed", "seats.out-of-service":
            "tokenctl token list \(organization) --status unredeemed, then tokenctl redeem"
        case "entitlement.exceeded", "entitlement.country-maximum", "entitlement.worldwide-maximum":
            "tokenctl statement \(organization)"
                + "\(problem.member("product").map { " --explain \($0)" } ?? "")"
        case "key.not-found": "tokenctl key list \(organization), or tokenctl key import FILE --enrollment ENR"
        case "product-version.not-found": "tokenctl product list"
        case "subscription.not-found": "tokenctl seat list TENANT -o json"
        case "correction.not-possible", "location.in-use": "tokenctl correct --help, or tokenctl-corrections(7)"
        case "activations.exhausted": "tokenctl key list \(organization)"
        case "key.is-token": "tokenctl redeem CODE --tenant TENANT"
        case "key.not-in-program": "tokenctl key import FILE --enrollment ENR --source volume-licensing"
        case "rule.not-found": "tokenctl rules"
        case "code.malformed": "compare the code with the portal: five groups of five letters or digits"
        case "token.already-redeemed":
            problem.member("tokenId").map { "tokenctl token show \($0)" }
        case "token.reserved":
            problem.member("tokenId").map { "tokenctl token show \($0), or tokenctl token release \($0)" }
        case "token.void": "tokenctl token list \(organization) --status unredeemed"
        case "token.is-product-key": "tokenctl key list \(organization)"
        case "tenant.incompatible-sku":
            problem.member("tenantDomain").map { "tokenctl seat list \($0), or redeem on another tenant" }
        case "intent.not-allowed": "leave --intent out; if a portal has already extended, add --override R37"
        case "plan.stale": "tokenctl renewal plan \(problem.member("enrollmentId") ?? "ENR") --out FILE"
        case "renewal.not-due": "tokenctl renewal calendar \(organization)"
        case "renewal.window-closed":
            "tokenctl renewal apply FILE --on DATE, or tokenctl renewal lapse \(problem.member("enrollmentId") ?? "ENR")"
                + " --on DATE"
        case "registry.not-found":
            "check the path, or create a registry there: tokenctl init --registry \(problem.member("path") ?? "DIR")"
        case "registry.rolled-back", "registry.anchor-invalid":
            "tokenctl audit accept-rollback --reason TEXT, after finding out what is missing"
        case "registry.closed": problem.member("movedTo").map { "the same command with --registry '\($0)'" }
        case "registry.unfinished": "tokenctl registry copy --to '\(problem.member("place") ?? "PLACE")'"
        case "registry.outcome-unknown":
            "tokenctl audit log, when the disk works again; then repeat the command"
        case "clock.implausible":
            problem.member("ledger").map { _ in
                "set the machine's clock; if it is right: tokenctl audit accept-clock --reason TEXT"
            } ?? "set the machine's clock"
        case "registry.exposed": problem.member("path").map { "chmod go= \($0)" }
        case "registry.damaged": "tokenctl check, then tokenctl restore FILE"
        case "idempotency.key-reused": "use a new key"
        case "access.denied":
            "an administrator can run: tokenctl access grant \(problem.member("principal") ?? "PRINCIPAL")"
                + " --org \(organization) --permission \(problem.member("permission") ?? "PERMISSION")"
        case "access.last-administrator":
            "tokenctl access grant PRINCIPAL --org \(organization) --permission administrator"
        case "daemon.unreachable": "start tokend, or add --local to open the registry here"
        case "daemon.busy": "run the command again later, or add --local to open the registry here"
        case "outcome.unknown":
            problem.member("idempotencyKey").map { "run the same command again with --idempotency-key \($0)" }
        default: problem.rule.map { "tokenctl rules \($0)" }
        }
    }
}
