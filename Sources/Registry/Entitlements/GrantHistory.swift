/// All that an organisation's enrollments bring, from which what is granted follows for any day.
struct GrantHistory {
    let organization: Organization
    private let benefits: [HeldBenefit]

    /// - Parameters:
    ///   - product: nil for all product lines.
    ///   - since: the first day that will be asked about; nil for any.
    init(
        of organization: Organization,
        product: ProductLine? = nil,
        since: CalendarDate? = nil,
        reading: any RegistryReading
    ) throws {
        self.organization = organization
        benefits = try reading.benefits(of: product, held: organization.id, since: since)
    }

    init(of organization: Organization, benefits: [HeldBenefit]) {
        self.organization = organization
        self.benefits = benefits
    }

    /// R12: what is granted on `day`.
    func grants(on day: CalendarDate) -> [HeldGrant] {
        Granting.grants(of: benefits, on: day, portal: organization.portals)
    }

    /// R12: what one enrollment grants on `day`, in the order of its programme; nothing when it is not in force.
    func grants(of enrollment: EnrollmentID, on day: CalendarDate) -> [Grant] {
        grants(on: day).filter { $0.enrollment.id == enrollment }.map(\.grant)
    }

    /// What an enrollment brings, in the order of its programme.
    func benefits(of enrollment: EnrollmentID) -> [Benefit] {
        benefits.filter { $0.enrollment.id == enrollment }.map(\.benefit)
    }

    /// What an enrollment grants on `day`; when that lies outside of its time, on the nearest day of it.
    func grants(of enrollment: Enrollment, nearest day: CalendarDate) -> [Grant] {
        let last = enrollment.benefitsEndOn(portal: organization.portals)
        return grants(of: enrollment.id, on: max(enrollment.benefitsStartOn, min(day, last)))
    }

    /// The same with one enrollment more.
    func adding(_ enrollment: Enrollment, benefits: [Benefit], sharing: Sharing) -> GrantHistory {
        let turn = self.benefits.first { $0.enrollment.id == enrollment.predecessor }?.turn
        let added = benefits.map { HeldBenefit(enrollment: enrollment, benefit: $0, sharing: sharing, turn: turn) }
        return GrantHistory(of: organization, benefits: self.benefits + added)
    }

    /// The same without one enrollment.
    func without(_ enrollment: EnrollmentID) -> GrantHistory {
        GrantHistory(of: organization, benefits: benefits.filter { $0.enrollment.id != enrollment })
    }
}

extension GrantHistory {
    /// What the coming or going of some enrollments changes for the others, by their first days.
    func changes(to later: GrantHistory, by subjects: [EnrollmentID]) -> [GrantChange] {
        let enrollments = benefits.map(\.enrollment) + later.benefits.map(\.enrollment)
        // Between two of these days nothing changes.
        let steps = Set(
            enrollments.flatMap {
                [$0.benefitsStartOn, $0.benefitsEndOn(portal: organization.portals).adding(days: 1)]
            }
        ).sorted()
        var changes: [GrantChange] = []
        for (day, next) in zip(steps, steps.dropFirst()) {
            let before = granted(on: day)
            let after = later.granted(on: day)
            for key in Set(before.keys).union(after.keys).sorted() where !subjects.contains(key.enrollmentID) {
                let (old, new) = (before[key] ?? 0, after[key] ?? 0)
                guard old != new else { continue }
                let change = GrantChange(
                    enrollmentId: key.enrollmentID,
                    product: key.product,
                    from: day,
                    through: next.adding(days: -1),
                    before: old,
                    after: new
                )
                if let index = changes.lastIndex(where: { $0.isContinued(by: change) }) {
                    changes[index] = changes[index].extended(through: change.through)
                } else {
                    changes.append(change)
                }
            }
        }
        return changes
    }

    private struct Key: Hashable, Comparable {
        let enrollmentID: EnrollmentID
        let product: ProductLine

        static func < (left: Self, right: Self) -> Bool {
            (left.enrollmentID, left.product) < (right.enrollmentID, right.product)
        }
    }

    private func granted(on day: CalendarDate) -> [Key: Int] {
        Dictionary(
            grants(on: day).map { (Key(enrollmentID: $0.enrollment.id, product: $0.grant.product), $0.grant.granted) },
            uniquingKeysWith: +
        )
    }
}
