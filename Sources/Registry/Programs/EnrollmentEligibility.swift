/// Whether a location may be enrolled in a programme, by the programme's traits.
struct EnrollmentEligibility {
    let program: Program
    let location: Location
    let organization: Organization
    let startsOn: CalendarDate
    /// All that the organisation ever held.
    let held: [Enrollment]

    /// R11, R44, R52, R57.
    /// - Throws: `Refusal`.
    func check() throws {
        try location.checkOpen(on: startsOn)
        let inForce = held.filter { $0.isInForce(on: startsOn, portal: organization.portals) }
        if program.traits.needsAt == .ownLocation {
            let own = inForce.filter { $0.locationID == location.id }.map { HeldProgram($0) }
            try Self.check(program, at: location, holding: own, startsOn: startsOn)
        } else {
            try Self.check(program, holding: inForce.map { HeldProgram($0) })
        }
    }

    /// A programme that is held on the day.
    struct HeldProgram {
        let kind: Program.Kind
        let traits: ProgramTraits
        var id = ""

        init(_ kind: Program.Kind) {
            self.kind = kind
            traits = kind.traits
        }

        init(_ enrollment: Enrollment) {
            kind = enrollment.programKind
            traits = enrollment.traits
            id = enrollment.id.value
        }
    }

    /// R11: a programme that an associated location may have beside one of its own (`program.not-available`).
    ///
    /// What was bought outside of its sales is not recorded either.
    /// - Parameter held: what the location itself holds on that day.
    static func check(
        _ program: Program,
        at location: Location,
        holding held: [HeldProgram],
        startsOn day: CalendarDate
    ) throws(Refusal) {
        let traits = program.traits
        func refusal(_ why: String) -> Refusal {
            Refusal(
                .programNotAvailable,
                rule: .r11,
                "The location \(location.id) cannot have \(program.kind.phrase) from \(day): \(why).",
                facts: ["location": location.id, "startsOn": day, "reason": why]
            )
        }
        if location.isHeadquarters { throw refusal("it is the headquarters") }
        if !location.isAssociated { throw refusal("it is not associated with the headquarters") }
        if !held.contains(where: { traits.needs.contains($0.traits.standing) }) {
            throw refusal("it has no \(traits.needs.map(\.rawValue).joined(separator: " or ")) of its own")
        }
        if traits.oncePer == .location, held.contains(where: { $0.kind == program.kind }) {
            throw refusal("it already has one, and a location can have only one")
        }
        if !traits.isSold(on: day) {
            let from = traits.soldFrom.map { "from \($0) " } ?? ""
            let through = traits.soldThrough.map { "to \($0)" } ?? "on"
            throw refusal("it is retired, and was last sold \(from)\(through)")
        }
    }

    /// R44, R52, R57: what it needs is there, and what excludes it is not (`program.not-available`).
    ///
    /// - Parameter held: what the organisation holds on the day.
    static func check(_ program: Program, holding held: [HeldProgram]) throws(Refusal) {
        let traits = program.traits
        if !traits.needs.isEmpty, !held.contains(where: { traits.needs.contains($0.traits.standing) }) {
            throw Refusal(
                .programNotAvailable,
                rule: traits.standing == .specialization ? .r57 : .r44,
                "\(program.name) needs an active \(traits.neededWords), and the organisation has "
                    + "\(traits.needs.count > 1 ? "neither" : "none") on that day. Record that enrollment first."
            )
        }
        guard traits.oncePer != .unlimited else { return }
        let other = held.first {
            traits.stacks ? $0.kind == program.kind : $0.traits.standing == traits.standing
        }
        if let other {
            throw Refusal(
                .programNotAvailable,
                rule: .r52,
                "The organisation already holds \(traits.standing.words) on that day (\(other.id)): one can be bought for "
                    + "each partner account, they do not add up, and none is changed during its year. Wait for the "
                    + "anniversary.",
                facts: ["enrollmentId": other.id]
            )
        }
    }
}

extension Program.Kind {
    /// Its name in a sentence, with its article.
    fileprivate var phrase: String {
        let words = rawValue.split(separator: "-").joined(separator: " ")
        return "\("aeiou".contains(words.first ?? " ") ? "an" : "a") \(words)"
    }
}

extension ProgramTraits {
    /// What it needs, as part of a sentence: `Action Pack or competency`.
    var neededWords: String {
        needs.map { $0 == .subscription ? "Action Pack" : $0.rawValue }.joined(separator: " or ")
    }
}
