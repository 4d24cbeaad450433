import Registry
import RegistryAPI

/// What the registry has names of, by what the help calls them.
enum LiveName: String {
    case organization = "org"
    case tenant
    case enrollment = "enr"
    case token
    case location = "loc"
    case program
    case product
    case sku
    case key
    case rule
}

/// Asks the registry for names that a person may mean.
struct LiveNames {
    typealias Name = (name: String, text: String)

    let shell: Shell
    let request: CompletionRequest

    /// So many organisations are asked for what is theirs, where none is named.
    private static let organizationLimit = 10
    private static let nameLimit = 1_000

    /// Names of the kind, those of other beginnings among them.
    func names(of kind: LiveName) async throws -> [Name] {
        switch kind {
        case .organization: return try await organizations()
        case .program:
            return try await shell.call(ListPrograms.self, [:]).map { ($0.id.value, $0.name) }
        case .product:
            let lines = try await shell.call(ListPrograms.self, [:]).flatMap(\.benefits).map(\.product)
            return Set(lines).sorted().map { ($0.rawValue, $0.unit) }
        case .sku: return try await skus()
        case .rule: return Rule.allCases.map { ($0.rawValue, "") }
        case .tenant, .enrollment, .token, .location, .key:
            var names: [Name] = []
            for organization in try await owners() where names.count < Self.nameLimit {
                names += try await self.names(of: kind, in: organization)
            }
            return names
        }
    }

    private func organizations() async throws -> [Name] {
        // Names are in order, so those with this beginning come right after it, but for the beginning itself.
        let after = OrganizationID(request.current)
        let page = try await shell.call(
            ListOrganizations.self,
            ["after": after?.value, "limit": Self.nameLimit]
        )
        let first = try await after == nil ? [] : exact(request.current)
        return first + page.items.map { ($0.id.value, $0.name) }
    }

    private func exact(_ id: String) async throws -> [Name] {
        let organization = try? await shell.call(ShowOrganization.self, ["organization": id])
        return organization.map { [($0.id.value, $0.name)] } ?? []
    }

    private func skus() async throws -> [Name] {
        var names: [Name] = []
        try await shell.connect().pages(of: ListSKUs.self, [:], shell.options()) { page in
            names += page.items.map { ($0.skuPartNumber.description, $0.displayNames.first ?? "") }
        }
        return names
    }

    /// The organisation that the command line or the settings name, else the first that there are.
    private func owners() async throws -> [String] {
        if let named = request.given["org"] ?? shell.global.settings[.org] { return [named] }
        if let tenant = request.given["tenant"] {
            return [try await shell.call(ShowTenant.self, ["tenant": tenant]).organizationId.value]
        }
        if let enrollment = request.given["enr"] {
            return [try await shell.call(ShowEnrollment.self, ["enrollment": enrollment]).organizationId.value]
        }
        let page = try await shell.call(ListOrganizations.self, ["limit": Self.organizationLimit])
        return page.items.map(\.id.value)
    }

    private func names(of kind: LiveName, in organization: String) async throws -> [Name] {
        let fields: WireValue = ["organization": organization]
        switch kind {
        case .tenant:
            return try await shell.call(ListTenants.self, fields).flatMap { tenant in
                tenant.domains.map { ($0.value, organization) }
            }
        case .enrollment:
            return try await shell.call(ListEnrollments.self, fields).map { enrollment in
                (enrollment.id.value, "\(enrollment.program), to \(enrollment.endsOn), \(enrollment.status.rawValue)")
            }
        case .location:
            return try await shell.call(ListLocations.self, fields).map { ($0.id.value, "\($0.name), \($0.country)") }
        case .token:
            let status: String? =
                switch request.path {
                case ["redeem"]: Token.Status.unredeemed.rawValue
                case ["token", "replace"]: Token.Status.redeemed.rawValue
                default: nil
                }
            let tokens = try await shell.call(
                ListTokens.self,
                fields.setting("status", to: status).setting("enrollment", to: request.given["enr"])
            )
            return tokens.items.map { token in
                let code = token.maskedCode.suffix(6)
                return ("\(token.id)", "\(token.seats) \(token.skuPartNumber) …\(code), \(token.status.rawValue)")
            }
        case .key:
            return try await shell.call(ListKeys.self, fields).items.map { key in
                ("\(key.id)", "\(key.product) …\(key.maskedCode.suffix(6))")
            }
        case .organization, .program, .product, .sku, .rule: return []
        }
    }
}
