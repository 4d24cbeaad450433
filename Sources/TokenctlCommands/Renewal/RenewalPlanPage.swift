import Crypto
import HTML
import Registry
import RegistryReports

/// A renewal plan as a page to read and to sign: what is issued, what lapses and for whom, and what cannot be undone.
struct RenewalPlanPage {
    let plan: RenewalPlan
    /// The digest of the file that holds the plan.
    let digest: String

    /// - Parameter file: the plan's file; nil for the bytes that `renewal plan --out` writes.
    init(_ plan: RenewalPlan, file: [UInt8]? = nil) {
        self.plan = plan
        digest = Array(SHA256.hash(data: file ?? Array(PlanFile.text(of: plan).utf8))).hexadecimal
    }

    /// The page of one plan.
    static func text(of plan: RenewalPlan, file: [UInt8]? = nil) -> String {
        let page = RenewalPlanPage(plan, file: file)
        return Report.document("Renewal plan of \(plan.enrollmentId)").text { page.markup }.escapedLines
    }

    /// What stands before several plans.
    static var beginning: String { Report.document("Renewal plans").beginning }

    /// One of several plans.
    var text: String { markup.source.escapedLines }

    /// What stands after several plans.
    static var end: String { Report.document("Renewal plans").end }

    private var markup: Markup {
        Markup("main") {
            heading
            consequences
            Markup("h2") { "Entitlement" }
            entitlement
            Markup("h2") { "New tokens" }
            tokens
            Markup("h2") { "What ends" }
            lapses
            if !plan.uncovered.isEmpty {
                Markup("h2") { "Users left without a seat" }
                for uncovered in plan.uncovered { users(uncovered) }
            }
            if !plan.together.isEmpty {
                Markup("h2") { "Planned together with" }
                companions
            }
            basis
            signature
        }
    }

    private var heading: Markup {
        Markup {
            Markup("h1") {
                "Renewal plan of "
                Report.name(plan.enrollmentId)
            }
            Report.facts([
                ("Organisation", Report.name(plan.organizationId)),
                ("Programme", Report.name(plan.program)),
                ("Closing year", Self.year(plan.closingYear)),
                ("Next year", Self.year(plan.nextYear)),
                ("Planned for", Report.date(plan.plannedFor)),
                ("Day of the renewal", plan.on.map(Report.date) ?? Markup(text: "the day on which it is applied")),
                ("Paid on", plan.paidOn.map(Report.date)),
            ])
        }
    }

    /// What a signature is given for.
    private var consequences: Markup {
        let lapsing = plan.uncovered.reduce(0) { $0 + $1.users.count }
        return Markup {
            Markup("h2") { "What applying it does" }
            Markup("ul", ["class": "alarm"]) {
                Markup("li") {
                    "\(plan.enrollmentId) is renewed, once, for "
                    Self.year(plan.nextYear)
                    "."
                }
                Markup("li") {
                    "With --redeem, \(counted(plan.placements.count, "token")) of \(seats(of: plan.placements)) seats in all "
                    plan.placements.count == 1 ? "is" : "are"
                    " redeemed as planned below once the portal's tokens are there, for ever: seats can never be moved (R29, "
                    "R31)."
                }
                Markup("li") {
                    if plan.void.isEmpty {
                        "No token becomes void."
                    } else {
                        "\(counted(plan.void.count, "unredeemed token")) can be redeemed through "
                        Report.date(plan.closingYear.endsOn)
                        " and not after it (R33): "
                        Self.shortened(plan.void.map { Markup(text: $0.description) })
                        "."
                    }
                }
                Markup("li") {
                    lapsing == 0
                        ? "No user is left without a seat."
                        : "\(counted(lapsing, "user")) \(lapsing == 1 ? "is" : "are") left without a seat (R32)."
                    if lapsing > 0 {
                        plan.proven
                            ? " No placement leaves fewer: that is proven."
                            : " It is not proven that no placement leaves fewer."
                    }
                }
            }
            Report.list(plan.differences.map { Markup(text: "The portal differs: \($0).") })
        }
    }

    private var entitlement: Markup {
        guard !plan.entitlement.isEmpty else { return Markup("p") { "Neither year grants anything." } }
        let scale = plan.entitlement.map { max($0.closing, $0.next) }.max() ?? 0
        return ReportTable<RenewalPlan.Change>(
            caption: "What the organisation gets of each product line for the closing year and for the next (R33)",
            columns: [
                .text("Product") { $0.product.rawValue },
                .number("Closing year") { $0.closing },
                .number("Next year") { $0.next },
                .text("Not granted") { change in
                    let rule = change.clippedBy == .onePerOrganization ? "R38" : "R12"
                    return change.clipped == 0 ? "" : "\(change.clipped) (\(rule))"
                },
                .bar("Next year; the line is the closing one") {
                    ReportBar(parts: [(.one, $0.next)], mark: $0.closing, scale: scale).markup
                },
            ]
        ).markup(plan.entitlement)
    }

    private var tokens: Markup {
        Markup {
            if plan.issue.isEmpty {
                Markup("p") { "The renewal issues no tokens." }
            } else {
                ReportTable<PlannedTokens>(
                    caption: "Each token is whole, and stays on its tenant (R45)",
                    columns: [
                        .text("Number in the plan") { $0.numbers },
                        .number("Tokens") { $0.indices.count },
                        .number("Seats each") { $0.seats },
                        .text("SKU") { $0.sku },
                        .wide("Redeemed on") { $0.tenant ?? "kept unredeemed" },
                    ]
                ).markup(PlannedTokens.groups(of: plan))
            }
            if !plan.signUps.isEmpty {
                ReportTable<RenewalPlan.SignUp>(
                    caption: "Services without tokens, carried on by a sign-up (R36)",
                    columns: [
                        .text("Service") { $0.service.rawValue },
                        .wide("Tenant") { $0.tenantDomain.value },
                        .text("SKU") { $0.skuPartNumber.description },
                        .number("Seats") { $0.seats },
                    ]
                ).markup(plan.signUps)
            }
            Report.list(plan.proofs.map { Markup(text: $0) })
        }
    }

    private var lapses: Markup {
        guard !plan.lapses.isEmpty else { return Markup("p") { "No seats end with the closing year." } }
        return ReportTable<RenewalPlan.Lapse>(
            caption: "Seats whose rights end with the closing year, with the users who hold one (R32, R47)",
            columns: [
                .wide("Tenant") { $0.tenantDomain.value },
                .text("SKU") { $0.skuPartNumber.description },
                .number("Seats") { $0.seats },
                .number("Users") { $0.users.count },
                .date("Rights end") { $0.rightsEndOn },
                .date("Service ends") { $0.serviceEndsOn },
            ]
        ).markup(plan.lapses)
    }

    private func users(_ uncovered: RenewalPlan.Uncovered) -> Markup {
        Markup {
            Markup("h3") {
                "\(counted(uncovered.users.count, "user")) of \(uncovered.skuPartNumber) on \(uncovered.tenantDomain)"
            }
            Markup("p") { uncovered.reason }
            Markup("p") { Self.shortened(uncovered.users.map { Report.name($0) }) }
        }
    }

    private var companions: Markup {
        ReportTable<CompanionToken>(
            caption: "Other enrollments whose window is open, and where their new tokens are expected",
            columns: [
                .name("Enrollment") { $0.enrollment.value },
                .number("Seats") { $0.placement?.seats },
                .text("SKU") { $0.placement?.skuPartNumber.description ?? "" },
                .wide("Tenant") { $0.placement?.tenantDomain.value ?? "none" },
            ]
        ).markup(plan.together.flatMap(CompanionToken.all))
    }

    /// What the signed page and the plan that is applied have in common.
    private var basis: Markup {
        Markup {
            Markup("h2") { "What it is bound to" }
            Markup("p") {
                "Applying is refused if the registry has changed since: then make a new plan, and have it signed. The file "
                "that this page was made from is named by its SHA-256, which 'sha256sum FILE' prints: apply no other."
            }
            Report.facts([
                ("State", Report.code(plan.state)), ("SHA-256 of the file", Report.code(digest)),
                ("To apply it", Report.code("tokenctl renewal apply FILE --redeem")),
            ])
        }
    }

    private var signature: Markup {
        Markup("div", ["class": "signature"]) {
            Markup("div", ["class": "wide"]) { "I have read this plan, and approve that it is applied. Name" }
            Markup("div") { "Signature" }
            Markup("div") { "Date (YYYY-MM-DD)" }
        }
    }

    private func seats(of placements: [RenewalPlan.Placement]) -> Int {
        placements.reduce(0) { sum, placement in
            sum.clampedSum(plan.issue.indices.contains(placement.issue) ? plan.issue[placement.issue].seats : 0)
        }
    }

    private static func year(_ year: ProgramYear) -> Markup {
        Markup {
            Report.date(year.startsOn)
            " to "
            Report.date(year.endsOn)
        }
    }

    /// All of them, or the first thousand.
    private static func shortened(_ items: [Markup]) -> Markup {
        let limit = 1_000
        return Markup {
            Markup.joined(items.prefix(limit), by: ", ")
            if items.count > limit { ", and \(items.count - limit) more, whom the plan's file names" }
        }
    }
}

/// Tokens to issue that are alike and go to the same tenant.
private struct PlannedTokens {
    let seats: Int
    let sku: String
    /// Nil where the plan redeems them nowhere.
    let tenant: String?
    var indices: [Int]

    /// In the order of the tokens, those without a placement last.
    static func groups(of plan: RenewalPlan) -> [PlannedTokens] {
        var tenants: [Int: String] = [:]
        for placement in plan.placements {
            tenants[placement.issue] =
                placement.tenantDomain?.value ?? placement.tenantId?.description ?? ""
        }
        var groups: [PlannedTokens] = []
        var places: [[String]: Int] = [:]
        for (index, token) in plan.issue.enumerated() {
            let sku = token.skuPartNumber.description
            let key = [String(token.seats), sku, tenants[index] ?? " "]
            if let place = places[key] {
                groups[place].indices.append(index)
            } else {
                places[key] = groups.count
                groups.append(PlannedTokens(seats: token.seats, sku: sku, tenant: tenants[index], indices: [index]))
            }
        }
        return groups.filter { $0.tenant != nil } + groups.filter { $0.tenant == nil }
    }

    /// As placements name them: `0–3, 7`.
    var numbers: String {
        var ranges: [ClosedRange<Int>] = []
        for index in indices {
            if let last = ranges.last, last.upperBound + 1 == index {
                ranges[ranges.count - 1] = last.lowerBound...index
            } else {
                ranges.append(index...index)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
            .joined(separator: ", ")
    }
}

/// A token that another enrollment is to bring, or the enrollment alone where it brings none.
private struct CompanionToken {
    let enrollment: EnrollmentID
    let placement: RenewalPlan.Companion.Placement?

    static func all(of companion: RenewalPlan.Companion) -> [CompanionToken] {
        companion.placements.isEmpty
            ? [CompanionToken(enrollment: companion.enrollmentId, placement: nil)]
            : companion.placements.map { CompanionToken(enrollment: companion.enrollmentId, placement: $0) }
    }
}
