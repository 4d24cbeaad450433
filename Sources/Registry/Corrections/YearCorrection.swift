/// What another start or length of a year does to the enrollments that have it.
struct YearCorrection {
    let organization: Organization
    let context: CommandContext

    /// The ends of all years that were not renewed, with years of this length.
    func rows(length: YearLength) throws -> [(CorrectableRow, [FieldChange])] {
        try context.transaction.enrollments(of: organization.id).filter { $0.ending == nil }.map { enrollment in
            try changes(of: enrollment, to: ProgramYear(startsOn: enrollment.year.startsOn, length: length))
        }.flatMap { $0 }
    }

    /// R54: what was ordered without a code may end with its offer. What else there is lasts as long as it did.
    private func serviceEnd(of block: SeatBlock, in enrollment: Enrollment, _ year: ProgramYear) -> CalendarDate? {
        guard block.source.tokenID == nil, enrollment.traits.serviceEnd == .offer else { return block.serviceEndsOn }
        return enrollment.traits.benefitServiceEnd(redeemedOn: block.startsOn, in: year)
    }

    /// R32, R47, R54: an enrollment's year, and the rights of what was redeemed of it.
    func changes(of enrollment: Enrollment, to year: ProgramYear) throws -> [(CorrectableRow, [FieldChange])] {
        let blocks = try context.transaction.seatBlocks(of: enrollment.id)
        return [
            (
                .enrollment(enrollment.id),
                [
                    FieldChange("startsOn", .init(enrollment.year.startsOn), .init(year.startsOn)),
                    FieldChange("endsOn", .init(enrollment.year.endsOn), .init(year.endsOn)),
                ]
            )
        ]
            + blocks.map { block in
                (
                    .seatBlock(block.id),
                    [
                        FieldChange("rightsEndOn", .init(block.rightsEndOn), .init(year.endsOn)),
                        FieldChange(
                            "serviceEndsOn",
                            .init(block.serviceEndsOn),
                            .init(serviceEnd(of: block, in: enrollment, year))
                        ),
                    ]
                )
            }
    }
}
