/// R53: which packages and designations would carry the users of an enrollment's seats on, when its programme is no longer
/// sold, or a larger one is wanted. Changes nothing.
public struct ListSuccessors: RegistryQuery {
    public static let summary = "Tell which packages or designations would carry an enrollment's users on"

    let enrollment: EnrollmentID
    /// The first day of the next year; nil for the day after the enrollment's last.
    var on: CalendarDate?

    public func authorize(_ gate: AccessGate) throws -> Permitted<Enrollment> {
        try gate.enrollment(enrollment, for: .statement)
    }

    public func answer(on enrollment: Enrollment, in context: QueryContext) throws -> [SuccessorResource] {
        let organization = try context.reading.requireOrganization(enrollment.organizationID)
        let held = try context.reading.enrollments(of: organization.id)
        return try Successors(
            of: enrollment,
            organization: organization,
            startsOn: on ?? enrollment.year.anniversary,
            held: held,
            reading: context.reading
        ).all()
    }
}

/// A programme that would carry an enrollment's users on.
public struct SuccessorResource: Hashable, Sendable, Codable {
    public let program: ProgramID
    public let edition: EditionID
    public let standing: ProgramTraits.Standing
    /// The suite that it grants, and how many of it.
    public let benefit: ProductLine
    public let seats: Int
    /// How sure that figure is.
    public let certainty: Benefit.Certainty
    /// The users of the enrollment's suites today.
    public let users: Int
    /// Whether there is a seat for each of them.
    public let carries: Bool
}

/// What a programme's users may go on with.
struct Successors {
    let enrollment: Enrollment
    let startsOn: CalendarDate
    private let users: Int
    private let programs: [Program]
    private let reading: any RegistryReading

    init(
        of enrollment: Enrollment,
        organization: Organization,
        startsOn: CalendarDate,
        held: [Enrollment],
        reading: any RegistryReading
    ) throws {
        self.enrollment = enrollment
        self.startsOn = startsOn
        self.reading = reading
        let products = Set(
            try reading.benefits(of: nil, held: organization.id, since: nil)
                .filter { $0.enrollment.id == enrollment.id && !$0.benefit.skus.isEmpty }.map(\.benefit)
                .filter { try reading.isSuite($0) }.map(\.product)
        )
        users = try products.reduce(0) { sum, product in
            try reading.use(of: product, in: organization.id).filter(\.isCounted).reduce(sum) { $0 + $1.units }
        }
        let byID = Dictionary(grouping: try reading.programs(), by: \.id)
        programs = byID.values.compactMap { $0.edition(on: startsOn) }.sorted { $0.id < $1.id }
    }

    /// Those with the fewest seats first.
    func all() throws -> [SuccessorResource] {
        try programs.compactMap { program -> SuccessorResource? in
            guard [.package, .designation].contains(program.traits.standing), program.traits.isSold(on: startsOn),
                let suite = try program.grantedBenefits.filter({ try reading.isSuite($0) })
                    .max(by: { $0.quantity < $1.quantity })
            else { return nil }
            return SuccessorResource(
                program: program.id,
                edition: program.edition.id,
                standing: program.traits.standing,
                benefit: suite.product,
                seats: suite.quantity,
                certainty: suite.certainty,
                users: users,
                carries: suite.quantity >= users
            )
        }.sorted { ($0.seats, $0.program) < ($1.seats, $1.program) }
    }

    /// The smallest that carries all users; nil where none does.
    func smallest() throws -> SuccessorResource? { try all().first(where: \.carries) }
}

extension TenantReading {
    /// Whether the benefit is a suite with Office, for one user each.
    fileprivate func isSuite(_ benefit: Benefit) throws -> Bool {
        guard let part = benefit.skuPartNumber, let family = try sku(part)?.family else { return false }
        return [.enterprise, .kiosk, .business].contains(family)
    }
}
