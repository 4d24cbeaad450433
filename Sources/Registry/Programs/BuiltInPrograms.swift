/// The figures that a new registry starts from; `tokenctl program import` replaces them with a year's own table.
public enum BuiltInPrograms {
    public static let all: [Program] = [
        Program(
            id: ProgramID(stored: "action-pack"),
            name: "Action Pack",
            kind: .actionPack,
            benefits: [
                officeSuite(5, tokensOf: 5, source: "Action Pack benefits, 2017 and 2023", .certain),
                benefit(.intune, 5, source: "Action Pack benefits, 2017 and 2023", .certain),
                benefit(.windowsClient, 10, source: "Action Pack benefits, 2017", .certain),
                benefit(.windowsServer, 16, source: "Action Pack benefits, 2017 and 2023, in cores", .certain),
                benefit(.msdn, 3, source: "Action Pack benefits, 2017 to 2023", .certain),
                azureCredit(source: "Action Pack benefits, 2014 to 2023"),
            ]
        ),
        Program(
            id: ProgramID(stored: "silver-competency"),
            name: "Silver competency",
            kind: .silverCompetency,
            benefits: [
                officeSuite(25, tokensOf: 25, source: "Competency benefits, 2014 to 2020", .likely),
                benefit(.intune, 25, source: "By analogy with the office suite", .uncertain),
                benefit(.windowsClient, 25, source: "By analogy with the office suite", .uncertain),
                msdn(5, maximum: ProductMaximum(country: 25, worldwide: 75)),
                azureCredit(source: "Core benefits, 2015"),
            ]
        ),
        Program(
            id: ProgramID(stored: "gold-competency"),
            name: "Gold competency",
            kind: .goldCompetency,
            benefits: [
                officeSuite(100, tokensOf: 25, source: "Competency benefits, 2014", .certain),
                benefit(.intune, 100, source: "Seen on a partner's tenant, about 2016", .uncertain),
                benefit(.windowsClient, 100, source: "By analogy with the office suite", .uncertain),
                msdn(10, maximum: ProductMaximum(country: 50, worldwide: 150)),
                azureCredit(source: "Core benefits, 2015"),
            ]
        ),
        // R23: its licences are for training, which counts against nothing; it grants no quantity of its own.
        Program(
            id: ProgramID(stored: "learning-competency"),
            name: "Learning competency",
            kind: .learningCompetency,
            benefits: []
        ),
        // R11: one more set of core benefits for an associated location.
        Program(
            id: ProgramID(stored: "additional-benefit-toolkit"),
            name: "Additional Benefit Toolkit",
            kind: .additionalBenefitToolkit,
            benefits: [
                officeSuite(25, tokensOf: 25, source: "As the silver competency's core benefits", .uncertain),
                benefit(.intune, 25, source: "As the silver competency's core benefits", .uncertain),
                benefit(.windowsClient, 25, source: "As the silver competency's core benefits", .uncertain),
                azureCredit(source: "Core benefits, 2015"),
            ]
        ),
        // R44: grants no licences of its own.
        Program(
            id: ProgramID(stored: "cloud-accelerate"),
            name: "Cloud Accelerate",
            kind: .cloudAccelerate,
            benefits: []
        ),
    ]

    private static func officeSuite(
        _ quantity: Int,
        tokensOf seats: Int,
        source: String,
        _ certainty: Benefit.Certainty
    ) -> Benefit {
        Benefit(
            product: .officeSuite,
            quantity: quantity,
            tokens: TokenDenomination(skuPartNumber: SKUPartNumber(stored: "ENTERPRISEPACK"), seats: seats),
            source: source,
            certainty: certainty
        )
    }

    private static func benefit(
        _ product: ProductLine,
        _ quantity: Int,
        source: String,
        _ certainty: Benefit.Certainty
    ) -> Benefit {
        Benefit(product: product, quantity: quantity, source: source, certainty: certainty)
    }

    private static func msdn(_ quantity: Int, maximum: ProductMaximum) -> Benefit {
        Benefit(
            product: .msdn,
            quantity: quantity,
            countryMaximum: maximum.country,
            worldwideMaximum: maximum.worldwide,
            source: "Visual Studio benefits, 2018",
            certainty: .certain
        )
    }

    /// R38: one credit for the organisation, whatever it holds: the quantity is its maximum.
    private static func azureCredit(source: String) -> Benefit {
        Benefit(
            product: .azureCredit,
            quantity: 100,
            countryMaximum: 100,
            worldwideMaximum: 100,
            source: source,
            certainty: .certain
        )
    }
}
