public protocol ProgramReading {
    /// A programme's editions as they stand now, in the order of their days; empty where there is no such programme.
    func editions(of id: ProgramID) throws -> [Program]
    /// All editions as they stand now, in the order of the programmes' ids and of their days.
    func programs() throws -> [Program]
    func enrollment(_ id: EnrollmentID) throws -> Enrollment?
    /// All that the organisation ever held, by their first day, then by id.
    func enrollments(of organization: OrganizationID) throws -> [Enrollment]
    /// The latest redemption, replacement or sign-up that the enrollment carries; nil when there is none.
    /// The first thing that happened through the enrollment; nil while nothing did.
    func firstFact(carriedBy enrollment: EnrollmentID) throws -> CarriedFact?
    /// The first day on which a key of the enrollment was used; nil while none was.
    func firstKeyUse(of enrollment: EnrollmentID) throws -> CalendarDate?
    func latestFact(carriedBy enrollment: EnrollmentID) throws -> CarriedFact?
    /// How many enrollments the registry holds, for choosing the next id.
    func enrollmentCount() throws -> Int
}

public protocol ProgramWriting {
    /// Replaces the edition of the programme with this id; what enrollments brought under the old one stays as it was.
    func put(_ program: Program, recordedAt: Instant) throws
    func insert(_ enrollment: Enrollment, benefits: [Benefit]) throws
    /// Keeps what another programme brings, for an enrollment that is corrected to be of it.
    func add(_ benefits: [Benefit], of program: ProgramID, to enrollment: EnrollmentID) throws
    /// - Throws: `Refusal` with `enrollment.ended` when it has already ended.
    func end(_ enrollment: EnrollmentID, _ ending: Enrollment.Ending, recordedAt: Instant) throws
}

extension ProgramReading {
    /// The newest edition.
    func program(_ id: ProgramID) throws -> Program? { try editions(of: id).last }

    /// - Parameters:
    ///   - edition: nil for the one that holds on `day`.
    ///   - day: nil for the newest.
    /// - Throws: `Refusal` with `program.not-found`, near names included.
    func requireProgram(_ id: ProgramID, edition: EditionID? = nil, on day: CalendarDate? = nil) throws -> Program {
        let editions = try editions(of: id)
        if let edition {
            if let program = editions.first(where: { $0.edition.id == edition }) { return program }
        } else if let program = day.map({ editions.edition(on: $0) }) ?? editions.last {
            return program
        }
        guard let edition, !editions.isEmpty else {
            let near = nearNames(to: id.value, among: Set(try programs().map(\.id.value)).sorted())
            throw Refusal(
                .programNotFound,
                "The catalogue has no programme \(id).\(suggestion(near))",
                facts: ["program": id, "near": near]
            )
        }
        let known = editions.map(\.edition.id)
        throw Refusal(
            .programNotFound,
            "The programme \(id) has no edition \(edition); it has \(known.map(\.value).joined(separator: ", ")).",
            facts: ["program": id, "edition": edition, "near": known.map(\.value)]
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
