extension RedemptionDecision {
    /// R61: by the day that the benefit's edition names. The first edition names none.
    /// - Throws: `Refusal` with `benefit.too-late`.
    func checkActivation(reading: any RegistryReading) throws {
        guard let edition = enrollment.edition, edition != Edition.first.id else { return }
        let held = try reading.benefits(of: nil, held: organization.id, since: enrollment.year.startsOn)
        let benefit = held.first {
            $0.enrollment.id == enrollment.id && $0.benefit.skus.contains(token.skuPartNumber)
        }?.benefit
        guard let benefit, day > benefit.terms.activateBy(in: enrollment.year) else { return }
        let last = benefit.terms.activateBy(in: enrollment.year)
        throw Refusal(
            .benefitTooLate,
            rule: .r61,
            "Token \(token.id) could be redeemed through \(last): \(benefit.product) of \(enrollment.id) has to be activated "
                + "by then.",
            facts: ["tokenId": token.id, "enrollmentId": enrollment.id, "activateBy": last]
        )
    }
}
