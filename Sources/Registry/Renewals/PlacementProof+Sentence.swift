extension PlacementProof {
    /// The proof in a few words for a person.
    public var sentence: String {
        [coverage, waste, refusal].compactMap { $0 }.joined(separator: " ")
    }

    private var supply: String {
        "\(tokens) \(tokens == 1 ? "token holds" : "tokens hold") \(seats) \(seats == 1 ? "seat" : "seats")"
    }

    private var people: String {
        "\(users) \(users == 1 ? "user" : "users") of \(skuPartNumber)"
    }

    private var coverage: String {
        guard users > 0 else { return "No user of \(skuPartNumber) needs a new token." }
        guard uncovered.value > 0 else { return "All \(people) keep a seat." }
        guard uncovered.isProven else {
            return "\(supply) for \(people); this placement leaves \(uncovered.value) uncovered, none can leave fewer "
                + "than \(uncovered.lowerBound), and the work limit stopped the search between."
        }
        switch basis {
        case .counts where uncovered.value > users - seats:
            return "\(supply) for \(people), but a token cannot be split (R45) and each holds a multiple of "
                + "\(seatUnit) seats, so at least \(uncovered.lowerBound) stay uncovered, and no more do."
        case .counts:
            return "\(supply) for \(people), so at least \(uncovered.lowerBound) stay uncovered, and no more do."
        case .prices:
            return "\(supply) for \(people), but a token cannot be split (R45): the prices given show that every "
                + "placement leaves at least \(uncovered.lowerBound) uncovered."
        case .search, .open:
            return "\(supply) for \(people), but a token cannot be split (R45): every placement was ruled out that "
                + "leaves fewer than \(uncovered.lowerBound) uncovered."
        }
    }

    private var waste: String? {
        guard users > 0, tokensUsed.value > 0 else { return nil }
        let used = "\(tokensUsed.value) \(tokensUsed.value == 1 ? "token" : "tokens") with \(seatsUsed.value) seats"
        switch exactness {
        case .optimal:
            return "No placement that covers as many does it with less than \(used)."
        case .workLimit(.uncovered):
            return nil
        case .workLimit(.seatsUsed):
            return
                "It uses \(used); whether fewer than that and at least \(seatsUsed.lowerBound) would do is not known."
        case .workLimit(.tokensUsed):
            return "No placement that covers as many uses fewer seats than \(seatsUsed.value); whether fewer than "
                + "\(tokensUsed.value) tokens and at least \(tokensUsed.lowerBound) would do is not known."
        }
    }

    private var refusal: String? {
        guard refusedUsers > 0 else { return nil }
        return
            "\(refusedUsers) more \(refusedUsers == 1 ? "is" : "are") on tenants that take no programme tokens (R39)."
    }
}
