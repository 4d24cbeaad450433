import Registry

public enum ListDueRenewalsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/renewals",
        "listDueRenewals",
        "List the enrollments due for renewal"
    )

    public struct Input: Codable, Sendable {
        /// Days from today in which the year's last day lies, for those whose window is not open yet; 30 by default.
        public var within: Int?
        public var organization: String?
        /// Only those whose window is open.
        public var open: Bool?
        /// As seen from this day.
        public var on: String?
        public var after: String?
        public var limit: Int?

        public init(
            within: Int? = nil,
            organization: String? = nil,
            open: Bool? = nil,
            on: String? = nil,
            after: String? = nil,
            limit: Int? = nil
        ) {
            self.within = within
            self.organization = organization
            self.open = open
            self.on = on
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<DueRenewalResource> {
        let within = input.within ?? 30
        guard (0...36_500).contains(within) else {
            throw WireText.invalid("within", String(within), "it is a number of days from 0 to 36500")
        }
        let page = try await call.answer(
            RenewalsDueQuery(
                within: within,
                isOpenOnly: input.open ?? false,
                organizationID: try input.organization.map { try WireText.identifier($0, "organization") },
                on: try input.on.map { try WireText.date($0, "on") },
                after: try input.after.map { try WireText.renewalKey($0) },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(items: page.items.map(DueRenewalResource.init), next: page.next?.description)
    }
}

public enum ListRenewalCalendarOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/renewals/calendar",
        "listRenewalCalendar",
        "List the days of every renewal to come"
    )

    public struct Input: Codable, Sendable {
        public var organization: String?
        public var after: String?
        public var limit: Int?

        public init(organization: String? = nil, after: String? = nil, limit: Int? = nil) {
            self.organization = organization
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<CalendarResource> {
        let page = try await call.answer(
            RenewalCalendarQuery(
                organizationID: try input.organization.map { try WireText.identifier($0, "organization") },
                after: try input.after.map { try WireText.renewalKey($0) },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(items: page.items.map(CalendarResource.init), next: page.next?.description)
    }
}

public enum ListAwaitedRedemptionsOperation: Operation {
    public static let route = Route(
        .get,
        "/v1/renewals/awaited",
        "listAwaitedRedemptions",
        "List the renewals whose placement can be carried out now"
    )

    public struct Input: Codable, Sendable {
        /// As seen from this day.
        public var on: String?
        public var after: String?
        public var limit: Int?

        public init(on: String? = nil, after: String? = nil, limit: Int? = nil) {
            self.on = on
            self.after = after
            self.limit = limit
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> PageOf<AwaitedRedemptionResource> {
        let page = try await call.answer(
            AwaitedRedemptionsQuery(
                on: try input.on.map { try WireText.date($0, "on") },
                after: try input.after.map { try WireText.identifier($0, "after") },
                limit: try WireText.limit(input.limit)
            )
        )
        return PageOf(
            items: page.items.map { held in
                AwaitedRedemptionResource(
                    enrollmentId: held.enrollment.id.value,
                    organizationId: held.organization.id.value
                )
            },
            next: page.next?.value
        )
    }
}

public enum PlanRenewalOperation: Operation {
    public static let route = Route(.get, "/v1/renewals/{enrollment}/plan", "planRenewal", "Plan a renewal")

    public struct Input: Codable, Sendable {
        public var enrollment: String
        public var on: String?
        /// The programme of the next year.
        public var program: String?
        public var paidOn: String?
        /// What the portal issued: a line for each kind of token, its number, its seats and its SKU, such as
        /// `4*25 ENTERPRISEPACK`.
        public var issued: String?

        public init(
            enrollment: String,
            on: String? = nil,
            program: String? = nil,
            paidOn: String? = nil,
            issued: String? = nil
        ) {
            self.enrollment = enrollment
            self.on = on
            self.program = program
            self.paidOn = paidOn
            self.issued = issued
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> RenewalPlanResource {
        RenewalPlanResource(
            try await call.answer(
                PlanRenewal(
                    enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
                    on: try input.on.map { try WireText.date($0, "on") },
                    programID: try input.program.map { try WireText.identifier($0, "program") },
                    paidOn: try input.paidOn.map { try WireText.date($0, "paidOn") },
                    issued: try input.issued.map { try IssuedText.read($0) }
                )
            )
        )
    }
}

public enum ApplyRenewalOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/renewals/{enrollment}/apply",
        "applyRenewal",
        "Renew an enrollment, once for its year"
    )

    public struct Input: Codable, Sendable {
        public var enrollment: String
        /// What is applied; nil plans it first, and applies that.
        public var plan: RenewalPlanResource?
        public var on: String?
        /// Whether the placement is carried out too.
        public var redeem: Bool?
        /// The portal's tokens; they may come with a later request.
        public var codes: [IssuedCodeInput]?

        public init(
            enrollment: String,
            plan: RenewalPlanResource? = nil,
            on: String? = nil,
            redeem: Bool? = nil,
            codes: [IssuedCodeInput]? = nil
        ) {
            self.enrollment = enrollment
            self.plan = plan
            self.on = on
            self.redeem = redeem
            self.codes = codes
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> RenewalResource {
        let plan = try input.plan?.plan()
        let id: EnrollmentID = try WireText.identifier(input.enrollment, "enrollment")
        if let plan, plan.enrollmentID != id {
            throw WireText.invalid("plan", plan.enrollmentID.value, "it is a plan for \(id)")
        }
        let on = try input.on.map { try WireText.date($0, "on") }
        let codes = try input.codes.map { try $0.map { try $0.issuedCode() } }
        // A plan that is made here can be stale at once, when something else is written meanwhile.
        var attempts = 1
        while true {
            do {
                let planned = try await plan == nil ? self.plan(id, on: on, codes: codes, in: call) : plan
                let answer = try await call.perform(
                    ApplyRenewal(
                        enrollmentID: id,
                        plan: planned,
                        isPlannedHere: plan == nil,
                        on: on,
                        redeems: input.redeem ?? false,
                        codes: codes
                    )
                )
                return RenewalResource(answer, dryRun: call.options.isDryRun)
            } catch let refusal as Refusal where refusal.code == .planStale && plan == nil && attempts < 5 {
                attempts += 1
            }
        }
    }

    /// Nil for an enrollment that has an ending: only what was applied can be asked for.
    private static func plan(
        _ enrollment: EnrollmentID,
        on day: CalendarDate?,
        codes: [IssuedCode]?,
        in call: Call
    ) async throws -> RenewalPlan? {
        do {
            return try await call.answer(
                PlanRenewal(
                    enrollmentID: enrollment,
                    on: day,
                    issued: codes?.map(\.issue),
                    isIssueTaken: call.options.overrides.contains(.r12)
                )
            )
        } catch let refusal as Refusal where refusal.code == .enrollmentEnded {
            return nil
        }
    }
}

public enum LapseRenewalOperation: Operation {
    public static let route = Route(
        .post,
        "/v1/renewals/{enrollment}/lapse",
        "lapseRenewal",
        "Record that an enrollment was not renewed, and list what ends"
    )

    public struct Input: Codable, Sendable {
        public var enrollment: String
        public var on: String

        public init(enrollment: String, on: String) {
            self.enrollment = enrollment
            self.on = on
        }
    }

    public static func perform(_ input: Input, in call: Call) async throws -> LapseResource {
        let lapse = try await call.perform(
            LapseEnrollment(
                enrollmentID: try WireText.identifier(input.enrollment, "enrollment"),
                on: try WireText.date(input.on, "on")
            )
        )
        return LapseResource(lapse, dryRun: call.options.isDryRun)
    }
}
