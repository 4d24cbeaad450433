public import Registry

public struct DueRenewalResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    public let program: String
    public let endsOn: String
    public let windowOpensOn: String
    public let windowClosesOn: String
    /// Until the window closes; 0 on its last day.
    public let daysLeft: Int
    /// R33: until the last day of the year's tokens, 0 on it; null after it.
    @Nullable public var tokenDaysLeft: Int?
    /// `upcoming` or `open`.
    public let state: String
    /// That it rests on nothing, since what it needs has ended.
    @Nullable public var warning: WarningResource?

    init(_ due: DueRenewal) {
        warning = due.restsOnNothing.map(WarningResource.init)
        enrollmentId = due.enrollment.id.value
        organizationId = due.organization.id.value
        program = due.enrollment.programID.value
        endsOn = due.enrollment.year.endsOn.description
        windowOpensOn = due.window.opensOn.description
        windowClosesOn = due.window.closesOn.description
        daysLeft = due.daysLeft
        tokenDaysLeft = due.tokenDaysLeft
        state = due.phase.rawValue
    }
}

/// An enrollment in the calendar, with the days of its renewal.
public struct CalendarResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    public let program: String
    public let endsOn: String
    public let windowOpensOn: String
    public let windowClosesOn: String
    public let days: [Day]

    public struct Day: Codable, Sendable {
        public let date: String
        /// `reminder`, `window-opens`, `year-ends` or `window-closes`.
        public let event: String
    }

    init(_ entry: CalendarEntry) {
        enrollmentId = entry.due.enrollment.id.value
        organizationId = entry.due.organization.id.value
        program = entry.due.enrollment.programID.value
        endsOn = entry.due.enrollment.year.endsOn.description
        windowOpensOn = entry.due.window.opensOn.description
        windowClosesOn = entry.due.window.closesOn.description
        days = entry.days.map { Day(date: $0.date.description, event: $0.event.rawValue) }
    }
}

/// A renewal whose placement waits to be carried out.
public struct AwaitedRedemptionResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
}

/// What a renewal did.
public struct RenewalResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    public let successorId: String
    public let program: String
    public let appliedOn: String
    public let nextYear: RenewalPlanResource.Year
    /// The new tokens that are there.
    public let issued: [Issued]
    /// The closing year's tokens that nobody had redeemed.
    public let voided: [String]
    /// The first day on which they are void; before it they can be redeemed.
    public let voidOn: String
    public let placements: [Placement]
    public let redemptions: [Performed<RedemptionResource>]
    /// The sign-ups that were carried out with them.
    public let signUps: [RenewalPlanResource.SignUp]
    /// The first day on which the placement can be carried out, where it was asked for and waits.
    @Nullable public var awaitsRedemptionFrom: String?
    /// Whether tokens of the portal's are still to be imported: into the successor, or with the same request and `codes`.
    public let awaitsCodes: Bool
    /// How many users the plan left without a seat.
    public let uncovered: Int
    public let auditSequence: Int64
    public let dryRun: Bool

    public struct Issued: Codable, Sendable {
        public let tokenId: String
        public let skuPartNumber: String
        public let seats: Int
    }

    public struct Placement: Codable, Sendable {
        /// Null until a token like it is there.
        @Nullable public var tokenId: String?
        public let skuPartNumber: String
        public let seats: Int
        @Nullable public var tenantId: String?
        public let tenantDomain: String
    }

    init(_ answer: ApplyRenewal.Answer, dryRun: Bool) {
        let applied = answer.applied
        enrollmentId = applied.enrollmentID.value
        organizationId = applied.organizationID.value
        successorId = applied.successorID.value
        program = applied.programID.value
        appliedOn = applied.appliedOn.description
        nextYear = RenewalPlanResource.Year(applied.nextYear)
        issued = answer.issued.map {
            Issued(tokenId: $0.tokenID.description, skuPartNumber: $0.skuPartNumber.text, seats: $0.seats)
        }
        voided = applied.voided.map(\.description)
        voidOn = applied.voidOn.description
        placements = answer.placements.map {
            Placement(
                tokenId: $0.tokenID?.description,
                skuPartNumber: applied.planned[$0.issue].skuPartNumber.text,
                seats: applied.planned[$0.issue].seats,
                tenantId: $0.tenantID?.value,
                tenantDomain: $0.tenantDomain.value
            )
        }
        redemptions = answer.carriedOut.redemptions.map { Performed($0, isDryRun: dryRun) }
        signUps = answer.carriedOut.signUps.map(RenewalPlanResource.SignUp.init)
        awaitsRedemptionFrom = answer.awaitsRedemptionFrom?.description
        awaitsCodes = answer.awaitsCodes
        uncovered = applied.uncovered
        auditSequence = applied.auditSequence
        self.dryRun = dryRun
    }
}

/// What ended with an enrollment that was not renewed.
public struct LapseResource: Codable, Sendable {
    public let enrollmentId: String
    public let organizationId: String
    public let lapsedOn: String
    public let benefitsEndOn: String
    public let voided: [String]
    public let products: [Product]
    public let seats: [Seats]
    public let actions: [Action]
    public let auditSequence: Int64
    public let dryRun: Bool

    public struct Product: Codable, Sendable {
        public let product: String
        public let granted: Int
        /// What other enrollments still grant.
        public let remaining: Int
        public let used: Int
        public let usedOnPremises: Int
        public let endsOn: String
    }

    public struct Seats: Codable, Sendable {
        @Nullable public var tenantId: String?
        public let tenantDomain: String
        public let skuPartNumber: String
        public let seats: Int
        public let rightsEndOn: String
        public let serviceEndsOn: String
        public let accessEndsOn: String
        public let deletedAfter: String
        public let users: [String]
    }

    public struct Action: Codable, Sendable {
        /// `uninstall`, `buy` or `move`.
        public let action: String
        /// A product line, or a SKU's part number.
        public let subject: String
        public let quantity: Int
        public let by: String
        @Nullable public var tenantDomain: String?
        public let users: [String]
        public let detail: String
    }

    init(_ lapse: RenewalLapse, dryRun: Bool) {
        enrollmentId = lapse.enrollmentID.value
        organizationId = lapse.organizationID.value
        lapsedOn = lapse.lapsedOn.description
        benefitsEndOn = lapse.benefitsEndOn.description
        voided = lapse.voided.map(\.description)
        products = lapse.products.map { product in
            Product(
                product: product.product.rawValue,
                granted: product.granted,
                remaining: product.remaining,
                used: product.used,
                usedOnPremises: product.usedOnPremises,
                endsOn: product.endsOn.description
            )
        }
        seats = lapse.seats.map { seats in
            Seats(
                tenantId: seats.tenantID?.value,
                tenantDomain: seats.tenantDomain.value,
                skuPartNumber: seats.skuPartNumber.text,
                seats: seats.seats,
                rightsEndOn: seats.rightsEndOn.description,
                serviceEndsOn: seats.serviceEndsOn.description,
                accessEndsOn: seats.accessEndsOn.description,
                deletedAfter: seats.deletedAfter.description,
                users: seats.users.map(\.value)
            )
        }
        actions = lapse.actions.map { action in
            Action(
                action: action.kind.rawValue,
                subject: action.subject,
                quantity: action.quantity,
                by: action.by.description,
                tenantDomain: action.tenantDomain?.value,
                users: action.users.map(\.value),
                detail: action.detail
            )
        }
        auditSequence = lapse.auditSequence
        self.dryRun = dryRun
    }
}
