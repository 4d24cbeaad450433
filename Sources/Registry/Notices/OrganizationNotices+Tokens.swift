extension OrganizationNotices {
    /// R33: tokens that nobody redeemed, by enrollment and SKU.
    mutating func collectTokens() throws {
        guard selection.tells(.tokensUnredeemed) else { return }
        for tokens in try reading.unredeemedTokens(of: organization.id, on: today)
        where !selection.ignored.contains(tokens.skuPartNumber) {
            let isNear = tokens.redeemableThrough <= horizon
            add(
                .tokensUnredeemed,
                isNear ? .warning : .notice,
                "\(counted(tokens.tokens, "token")) of \(tokens.enrollmentID), \(counted(tokens.seats, "seat")) of "
                    + "\(tokens.skuPartNumber), can be redeemed through \(tokens.redeemableThrough).",
                rule: .r33,
                quantity: tokens.tokens,
                on: tokens.redeemableThrough,
                about: Subject(enrollment: tokens.enrollmentID, sku: tokens.skuPartNumber)
            )
        }
    }

    /// R33, R35: enrollments whose window is open, and those whose year ends soon. R11, R44: what rests on nothing.
    mutating func collectRenewals() throws {
        for enrollment in enrollments where enrollment.ending == nil {
            let window = RenewalWindow(of: enrollment.year, at: organization.portals)
            let subject = Subject(enrollment: enrollment.id)
            switch window.phase(on: today) {
            case .open:
                add(
                    .renewalDue,
                    .warning,
                    "\(enrollment.id) (\(enrollment.programID)) can be renewed through \(window.closesOn)."
                        + (try successorHint(of: enrollment)),
                    rule: .r33,
                    quantity: 1,
                    on: window.closesOn,
                    about: subject
                )
            case .upcoming where enrollment.year.endsOn <= horizon && enrollment.year.startsOn <= today:
                add(
                    .renewalDue,
                    .notice,
                    "\(enrollment.id) (\(enrollment.programID)) ends on \(enrollment.year.endsOn), and can be renewed from "
                        + "\(window.opensOn) through \(window.closesOn)." + (try successorHint(of: enrollment)),
                    rule: .r33,
                    quantity: 1,
                    on: window.closesOn,
                    about: subject
                )
            case .upcoming, .closed: break
            }
        }
        let held = enrollments.filter { $0.isInForce(on: today, portal: organization.portals) }
        for enrollment in held {
            guard let warning = enrollment.restsOnNothing(among: held) else { continue }
            add(
                .restsOnNothing,
                .error,
                warning.detail,
                rule: warning.rule,
                quantity: 1,
                about: Subject(enrollment: enrollment.id)
            )
        }
    }
}

extension OrganizationNotices {
    /// R53: of a programme that is not sold any more at the anniversary, what would carry its users on.
    private func successorHint(of enrollment: Enrollment) throws -> String {
        guard let last = enrollment.traits.soldThrough, last < enrollment.year.anniversary else { return "" }
        let successors = try Successors(
            of: enrollment,
            organization: organization,
            startsOn: enrollment.year.anniversary,
            held: enrollments,
            reading: reading
        )
        let next = try successors.smallest().map { "\($0.program) would carry its \(counted($0.users, "user"))" }
        return " It was last sold on \(last) (R53); \(next ?? "no package or designation alone carries its users")."
    }
}

/// The tokens of one enrollment and SKU that can still be redeemed.
public struct UnredeemedTokens: Hashable, Sendable, Decodable {
    public let enrollmentID: EnrollmentID
    public let skuPartNumber: SKUPartNumber
    public let redeemableThrough: CalendarDate
    public let tokens: Int
    /// What they are worth together.
    public let seats: Int
}
