/// A user holding a seat of a SKU on a tenant, or an on-premises licence.
///
/// It counts from its first day to the day before ``to``. It never changes, but for its end, which is set once.
public struct Assignment: Hashable, Sendable, Decodable, Numbered {
    public static let numberPrefix = "A"

    public let id: AssignmentID
    public let organizationID: OrganizationID
    public let user: UserPrincipalName
    /// What is used: a product line, or one licence of it; nil for a SKU that no product line counts.
    public let product: ProductLine?
    public let holding: Holding
    public let locationID: LocationID
    /// The location's.
    public let country: CountryCode
    public let purpose: UsePurpose
    /// R42: where it was bought outside the programme, in the administrator's words; nil for the programme's own.
    public let source: String?
    public let from: CalendarDate
    /// The first day without it; nil while it lasts.
    public internal(set) var to: CalendarDate?

    /// What the user holds.
    public enum Holding: Hashable, Sendable {
        case cloud(tenantID: TenantID?, tenantDomain: DomainName, skuPartNumber: SKUPartNumber)
        case onPremises

        public var kind: AssignmentKind {
            switch self {
            case .cloud: .cloud
            case .onPremises: .onPremises
            }
        }
    }

    /// The names of the on-premises licences that it stands for; none for a seat.
    public var licenses: [String] {
        guard holding == .onPremises, let product else { return [] }
        return OnPremisesLicense.names(of: product)
    }

    /// R06, R42: whether it takes something from the entitlement.
    public var isCounted: Bool {
        product != nil && purpose.countsAgainstEntitlement(boughtOutsideProgram: source != nil)
    }

    /// Whether it lasts on `day` or begins or ends after it.
    public func isOpen(on day: CalendarDate) -> Bool {
        to.map { day < $0 } ?? true
    }
}

public typealias AssignmentID = NumberedIdentifier<Assignment>

extension Assignment.Holding: Decodable {
    private enum CodingKeys: CodingKey {
        case kind
        case tenantID
        case tenantDomain
        case skuPartNumber
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        switch try fields.decode(AssignmentKind.self, forKey: .kind) {
        case .onPremises: self = .onPremises
        case .cloud:
            self = .cloud(
                tenantID: try fields.decodeIfPresent(TenantID.self, forKey: .tenantID),
                tenantDomain: try fields.decode(DomainName.self, forKey: .tenantDomain),
                skuPartNumber: try fields.decode(SKUPartNumber.self, forKey: .skuPartNumber)
            )
        }
    }
}

/// An assignment before it has its number.
public struct AssignmentDraft: Hashable, Sendable {
    public let organizationID: OrganizationID
    public let user: UserPrincipalName
    public let product: ProductLine?
    public let holding: Assignment.Holding
    public let locationID: LocationID
    public let country: CountryCode
    public let purpose: UsePurpose
    public let source: String?
    public let from: CalendarDate
    /// R03: whose entitlement, and whose seats, it takes from; the location's.
    public let sharing: Sharing

    /// R06, R42: whether it takes something from the entitlement.
    public var isCounted: Bool {
        product != nil && purpose.countsAgainstEntitlement(boughtOutsideProgram: source != nil)
    }

    /// Which seats it takes one of; nil on-premises.
    public var seatSource: String? {
        holding == .onPremises ? nil : source ?? sharing.seatSource
    }

    /// What the ledger says of it.
    var auditChanges: [String: AuditValue] {
        var changes: [String: AuditValue] = [
            "organizationId": .text(organizationID.value),
            "kind": .text(holding.kind.rawValue),
            "product": .optional(product),
            "locationId": .text(locationID.value),
            "country": .text(country.description),
            "purpose": .text(purpose.rawValue),
            "source": .optional(source),
            "from": .text(from.description),
        ]
        if case .cloud(let tenant, let domain, let sku) = holding {
            changes["tenantId"] = .optional(tenant)
            changes["tenantDomain"] = .text(domain.value)
            changes["skuPartNumber"] = .text(sku.description)
        }
        return changes
    }

    func numbered(_ id: AssignmentID) -> Assignment {
        Assignment(
            id: id,
            organizationID: organizationID,
            user: user,
            product: product,
            holding: holding,
            locationID: locationID,
            country: country,
            purpose: purpose,
            source: source,
            from: from,
            to: nil
        )
    }
}
