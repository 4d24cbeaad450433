public protocol ProgramReading {
    /// The programme as it stands now.
    func program(_ id: ProgramID) throws -> Program?
    /// In the order of their ids.
    func programs() throws -> [Program]
    func enrollment(_ id: EnrollmentID) throws -> Enrollment?
    /// All that the organisation ever held, by their first day, then by id.
    func enrollments(of organization: OrganizationID) throws -> [Enrollment]
    /// The latest redemption, replacement or sign-up that the enrollment carries; nil when there is none.
    func latestFact(carriedBy enrollment: EnrollmentID) throws -> CarriedFact?
    /// How many enrollments the registry holds, for choosing the next id.
    func enrollmentCount() throws -> Int
}

public protocol ProgramWriting {
    /// Replaces the programme with this id; what enrollments brought under the old one stays as it was.
    func put(_ program: Program, recordedAt: Instant) throws
    func insert(_ enrollment: Enrollment, benefits: [Benefit]) throws
    /// - Throws: `Refusal` with `enrollment.ended` when it has already ended.
    func end(_ enrollment: EnrollmentID, _ ending: Enrollment.Ending, recordedAt: Instant) throws
}

extension ProgramReading {
    /// - Throws: `Refusal` with `program.not-found`, near names included.
    func requireProgram(_ id: ProgramID) throws -> Program {
        if let program = try program(id) { return program }
        let near = nearNames(to: id.value, among: try programs().map(\.id.value))
        throw Refusal(
            .programNotFound,
            "The catalogue has no programme \(id).\(suggestion(near))",
            facts: ["program": id, "near": near]
        )
    }

    /// The enrollment of something that the caller was permitted.
    /// - Throws: `Refusal` with `enrollment.not-found`.
    func requireEnrollment(_ id: EnrollmentID) throws -> Enrollment {
        if let enrollment = try enrollment(id) { return enrollment }
        throw Refusal.enrollmentNotFound(id)
    }

    /// An enrollment of an organisation that the caller was permitted; another's is not told from one that does not exist.
    /// - Throws: `Refusal` with `enrollment.not-found`.
    func requireEnrollment(_ id: EnrollmentID, of organization: OrganizationID) throws -> Enrollment {
        if let enrollment = try enrollment(id), enrollment.organizationID == organization { return enrollment }
        let near = nearNames(to: id.value, among: try enrollments(of: organization).map(\.id.value))
        throw Refusal(
            .enrollmentNotFound,
            "\(organization) has no enrollment \(id).\(suggestion(near))",
            facts: ["enrollmentId": id, "near": near]
        )
    }
}

extension Refusal {
    static func enrollmentNotFound(_ id: EnrollmentID, near: [String] = []) -> Refusal {
        Refusal(
            .enrollmentNotFound,
            "There is no enrollment \(id).\(suggestion(near))",
            facts: ["enrollmentId": id, "near": near]
        )
    }
}
