/// R54, R61: whether a benefit may be redeemed on a tenant without a code, from values alone.
struct BenefitDecision {
    let held: HeldGrant
    let tenant: Tenant
    let organization: Organization
    /// The organisation's own billing accounts.
    let billingAccounts: [String]
    /// What was redeemed of the organisation's enrollments so far.
    let redemptions: [BenefitRedemption]
    /// The last day on which the benefit can be activated.
    let activateBy: CalendarDate
    let day: CalendarDate

    private var enrollment: Enrollment { held.enrollment }
    private var product: ProductLine { held.grant.product }

    /// - Throws: `Refusal`.
    func check() throws(Refusal) {
        try checkFirstUse()
        try checkDates()
        try checkBillingAccount()
    }

    /// R54: once, whole, and never moved.
    private func checkFirstUse() throws(Refusal) {
        guard
            let earlier = redemptions.first(where: { $0.enrollmentID == enrollment.id && $0.product == product })
        else { return }
        throw Refusal(
            .benefitAlreadyRedeemed,
            rule: .r54,
            "\(product) of \(enrollment.id) was redeemed on \(earlier.redeemedOn) for \(earlier.tenantDomain); a benefit "
                + "can be redeemed once, and its seats cannot be moved.",
            facts: facts + ["redeemedOn": earlier.redeemedOn, "tenantDomain": earlier.tenantDomain]
        )
    }

    /// R54, R61: within the offer, and by the day by which it has to be activated.
    private func checkDates() throws(Refusal) {
        try tenant.checkNotLeft(by: day)
        guard day <= activateBy else {
            let isLimited = activateBy < enrollment.year.endsOn
            throw Refusal(
                .benefitTooLate,
                rule: isLimited ? .r61 : .r54,
                "\(product) of \(enrollment.id) could be activated through \(activateBy)"
                    + "\(isLimited ? "" : ", the last day of its year").",
                facts: facts + ["activateBy": activateBy]
            )
        }
        let earliest = max(enrollment.benefitsStartOn, tenant.signedUpOn)
        guard day >= earliest else {
            throw Refusal(
                .dateTooEarly,
                "\(product) of \(enrollment.id) cannot have been redeemed on \(day): its enrollment began on "
                    + "\(enrollment.benefitsStartOn), and \(tenant.domain) was signed up on \(tenant.signedUpOn). Give a day "
                    + "from \(earliest) on.",
                facts: facts + ["earliest": earliest]
            )
        }
    }

    /// R54: the tenant stands under a billing account of the organisation itself.
    private func checkBillingAccount() throws(Refusal) {
        guard let account = tenant.billingAccount else {
            throw Refusal(
                .tenantOtherBillingAccount,
                rule: .r54,
                "The billing account of \(tenant.domain) is not known, and a benefit is ordered only in the "
                    + "organisation's own. Record it with 'tokenctl tenant set-billing-account'.",
                facts: facts + ["tenantDomain": tenant.domain]
            )
        }
        guard billingAccounts.contains(account) else {
            throw Refusal(
                .tenantOtherBillingAccount,
                rule: .r54,
                "\(tenant.domain) stands under the billing account \(account), which is not one of "
                    + "\(organization.id)'s own"
                    + (billingAccounts.isEmpty
                        ? "; none is recorded. Record them with 'tokenctl org add-billing-account'."
                        : " (\(billingAccounts.joined(separator: ", ")))."),
                facts: facts + ["tenantDomain": tenant.domain, "billingAccount": account]
            )
        }
    }

    private var facts: Refusal.Facts { ["enrollmentId": enrollment.id, "benefit": product] }
}
