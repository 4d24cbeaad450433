import HTML
import Registry
import RegistryAPI
import RegistryReports

/// What a page is made from: one state of the registry, read with the caller's permissions, and what the request asks for.
struct WebContext {
    let reading: QueryContext
    let base: String
    /// What stands in the path and in the query.
    let fields: [String: String]

    /// Rows on a page of a list.
    static let pageSize = 100

    /// A field of the request; nil where it is not there, or was left empty in a form.
    subscript(name: String) -> String? {
        fields[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Asks a use case, with those of the request's fields that are named here.
    /// - Throws: `AccessDenial`, `Refusal`, `InputFault`.
    func ask<Query: RegistryQuery>(
        _ query: Query.Type,
        _ names: [String] = [],
        with others: WireValue = [:]
    ) throws -> Query.Answer {
        let asked = names.compactMap { name in
            self[name].map { WireValue.Member(name: name, value: .parameter($0)) }
        }
        return try reading.answer(WireDecoder.decoding(.object(asked + others.members)) { try Query(from: $0) })
    }

    /// Asks for a page of a list.
    func list<Query: RegistryQuery, Item, Key>(
        _ query: Query.Type,
        _ names: [String] = [],
        with others: WireValue = [:]
    ) throws -> Query.Answer where Query.Answer == Page<Item, Key> {
        try ask(query, names + ["after"], with: others.setting("limit", to: Self.pageSize))
    }

    /// The organisation of the request, with what of it the caller may see.
    /// - Throws: `AccessDenial`, `Refusal`, `InputFault`.
    func organization(_ current: WebOrganization.Tab?, id: OrganizationID? = nil) throws -> WebOrganization {
        let id =
            try id
            ?? WireDecoder.decoding(["organization": WireValue.parameter(fields["organization"] ?? "")]) {
                try OrganizationField(from: $0).organization
            }
        let organization = try reading.gate.organization(id, for: nil).subject
        let tabs = try WebOrganization.Tab.allCases.filter { tab in
            try tab.permission.map { try reading.gate.holds($0, in: organization.id) } ?? true
        }
        return WebOrganization(id: organization.id, name: organization.name, tabs: tabs, current: current)
    }

    private struct OrganizationField: Decodable {
        let organization: OrganizationID
    }

    // MARK: Addresses

    /// A page's address.
    /// - Parameter query: what is nil is left out.
    func address(_ path: String..., query: KeyValuePairs<String, String?> = [:]) -> String {
        let parameters = query.compactMap { name, value in
            value.map { "\(name)=\(PercentEncoding.segment($0))" }
        }
        return "\(base)/" + path.map(PercentEncoding.segment).joined(separator: "/")
            + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
    }

    func link(_ name: some CustomStringConvertible, to address: String) -> Markup {
        Markup("a", ["href": address]) { Report.name(name) }
    }

    func link(toTenant domain: DomainName?) -> Markup {
        domain.map { link($0.value, to: address("tenants", $0.value)) } ?? Markup()
    }

    func link(toToken id: TokenID) -> Markup {
        link(id, to: address("tokens", id.description))
    }

    func link(toRule rule: Rule) -> Markup {
        link(rule.rawValue, to: address("rules", rule.rawValue))
    }

    /// Where a list goes on, and back to where it begins.
    /// - Parameter address: of the same list with another `after`.
    func pager(next: (some TextValue)?, _ address: (String?) -> String) -> Markup {
        if next == nil, self["after"] == nil { return Markup() }
        return Markup("nav", ["class": "pager", "aria-label": "Pages"]) {
            if self["after"] != nil { Markup("a", ["href": address(nil), "rel": "first"]) { "First page" } }
            if let next { Markup("a", ["href": address(next.description), "rel": "next"]) { "Next page" } }
        }
    }
}
