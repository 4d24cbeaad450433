/// Gives a user an on-premises licence: the programme's, or one that was bought outside it (R42).
public struct AssignLicense: RegistryCommand {
    public static let action = "license.assign"
    public static let summary = "Give a user an on-premises licence"

    let organization: OrganizationID
    let userPrincipalName: UserPrincipalName
    /// `office-suite` for the bundle of four, another product line, or a single licence with a ``source``.
    let product: ProductLine
    /// Nil for the headquarters.
    var location: LocationID?
    /// What for; nil for internal use.
    var purpose: UsePurpose?
    /// R42: where it was bought outside the programme; nil or `program` for the programme's own.
    var source: KeptText?
    /// The first day; nil for today.
    var on: CalendarDate?

    public var subjectOfRefusal: String { userPrincipalName.value }

    public func authorize(_ gate: AccessGate) throws -> Permitted<Organization> {
        try gate.organization(organization, for: .software)
    }

    public func run(on organization: Organization, in context: CommandContext) throws -> RecordedAssignmentResource {
        let day = try context.day(stated: on, in: organization)
        let location = try context.location(location ?? Location.headquartersID, of: organization.id)
        let source = source?.text == SeatSource.programDescription ? nil : source
        try OnPremisesProduct(product: product, source: source?.text).check(against: context.programSKUs())

        let draft = AssignmentDraft(
            organizationID: organization.id,
            user: userPrincipalName,
            product: product,
            holding: .onPremises,
            locationID: location.id,
            country: location.country,
            purpose: purpose ?? .internalUse,
            source: source?.text,
            from: day,
            sharing: Sharing(location)
        )
        let intake = AssignmentIntake(context: context, organization: organization)
        try intake.check(draft)
        try intake.checkEntitlement(draft)
        return try intake.record(draft, action: Self.action)
    }
}

/// What can be assigned on-premises.
struct OnPremisesProduct {
    let product: ProductLine
    let source: String?

    /// - Throws: `Refusal` with `license.not-allowed` for a cloud service and for a single licence of the bundle, and
    ///   `input.invalid` for an unknown product.
    func check(against programs: ProgramSKUs) throws {
        if OnPremisesLicense(rawValue: product.rawValue) != nil {
            guard source == nil else { return }
            throw Refusal(
                .licenseNotAllowed,
                rule: .r41,
                "\(product) is part of the programme's office suite, whose four licences a user gets "
                    + "together. Assign \(ProductLine.officeSuite), or say where this one was bought outside the "
                    + "programme.",
                facts: ["product": product]
            )
        }
        if product == .intune || product == .azureCredit {
            throw Refusal(
                .licenseNotAllowed,
                rule: product == .intune ? .r36 : .r38,
                "\(product) is a cloud service and cannot be assigned as an on-premises licence.",
                facts: ["product": product]
            )
        }
        let known = programs.products.union([.officeSuite, .windowsClient, .windowsServer, .msdn])
        guard !known.contains(product) else { return }
        let near = nearNames(
            to: product.rawValue,
            among: known.map(\.rawValue) + OnPremisesLicense.allCases.map(\.rawValue)
        )
        throw Refusal(
            .inputInvalid,
            "No programme grants \(product), and it is not an on-premises licence.\(suggestion(near))",
            facts: ["field": "product", "product": product, "near": near]
        )
    }
}
