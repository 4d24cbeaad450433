import HTML
import Registry

extension StatementPage {
    /// The product lines in all countries together, then each of them by country, drawn against the maxima.
    func products(_ products: [StatementResource.Product]) -> Markup {
        guard !products.isEmpty else { return Markup("p") { "Nothing is granted or used on this day." } }
        return Markup {
            legend
            sums(
                of: products,
                caption: "Each product line in all countries together. ",
                maximum: ("Maximum worldwide", \.worldwideMaximum)
            )
            for product in products {
                Markup("h3") { "\(product.product) by country (\(product.unit))" }
                ReportTable<UseRow>(
                    caption: "\(product.product) by country",
                    showsCaption: false,
                    columns: [
                        .name("Country") { $0.place },
                        .number("Only here") { $0.local },
                        .number("Used") { $0.used },
                        .number("Available") { $0.available },
                        .number("Maximum") { $0.maximum },
                        .bar("Against the maximum") { $0.bar },
                    ]
                ).markup(UseRow.rows(of: product))
            }
        }
    }

    /// R03: a location that shares nothing has one country.
    func apart(_ location: StatementResource.Apart) -> Markup {
        Markup {
            Markup("h2") {
                "Entitlement of "
                Report.name(location.locationId)
            }
            legend
            sums(
                of: location.products,
                caption: "What this location has for itself: it is not associated, and shares nothing (R03). ",
                maximum: ("Maximum in the country", \.countryMaximum)
            )
        }
    }

    private var legend: Markup {
        ReportBar.legend(
            [(.one, "used"), (.rest, "available"), (.over, "used beyond the maximum")],
            mark: "maximum"
        )
    }

    private func sums(
        of products: [StatementResource.Product],
        caption: String,
        maximum: (heading: String, value: (StatementResource.Product) -> Int)
    ) -> Markup {
        ReportTable<StatementResource.Product>(
            caption: caption
                + "What does not count is for demonstration or training (R06) or was bought outside the programme (R42).",
            columns: [
                .text("Product") { $0.product.rawValue },
                .text("Unit") { $0.unit },
                .number("Earned") { $0.earned },
                .number("Granted") { $0.entitlement },
                .number("In the cloud") { $0.used.cloud },
                .number("On-premises") { $0.used.onPremises },
                .number("Available") { $0.available },
                .number("Does not count") {
                    $0.uncounted.demonstrationAndTraining.clampedSum($0.uncounted.boughtOutside)
                },
                .number(maximum.heading) { maximum.value($0) },
                .bar("Against the maximum") {
                    UseRow.bar(used: $0.used.total, available: $0.available, maximum.value($0))
                },
            ]
        ).markup(products)
    }
}

/// A line of a product line's table: a country, or those that are alike because nothing is used or held there.
private struct UseRow {
    let place: String
    /// R05
    let local: Int
    let used: Int
    let available: Int
    let maximum: Int

    static func rows(of product: StatementResource.Product) -> [UseRow] {
        let unused = product.countries.filter { $0.used == 0 && $0.local == 0 }
        // Countries without use have the same figures.
        let alike = Dictionary(grouping: unused) { [$0.available, $0.maximum] }.values
        return product.countries.filter { $0.used > 0 || $0.local > 0 }.map { UseRow([$0]) }
            + alike.map(UseRow.init).sorted { $0.place < $1.place }
    }

    /// - Parameter countries: at least one; their figures are the same.
    private init(_ countries: [StatementResource.Country]) {
        place = (countries.count > 1 ? "Each of " : "") + countries.map(\.country.value).joined(separator: " ")
        local = countries[0].local
        used = countries[0].used
        available = countries[0].available
        maximum = countries[0].maximum
    }

    var bar: Markup { Self.bar(used: used, available: available, maximum) }

    static func bar(used: Int, available: Int, _ maximum: Int) -> Markup {
        let within = min(used, maximum)
        return ReportBar(
            parts: [(.one, within), (.over, used - within), (.rest, available)],
            mark: maximum,
            scale: max(maximum, used)
        ).markup
    }
}
