/// A 5x5 code for installing software, with the activations that it is good for.
public struct ProductKey: Hashable, Sendable, Decodable, Numbered {
    public static let numberPrefix = "K"

    public let id: ProductKeyID
    public let organizationID: OrganizationID
    public let enrollmentID: EnrollmentID
    /// The enrollment's programme, which decides what an activation consumes (R25, R26).
    public let programKind: Program.Kind
    /// Nil for those of its kind.
    public let programTraits: ProgramTraits?
    /// What it installs: a product line such as `windows-client`, or a product's own name.
    public let product: String
    /// The product's version, where the file named one (R07).
    public let version: String?
    public let source: Source
    public let isKMS: Bool
    /// R24: how many activations it is good for; nil where it has no count.
    public let activations: Int?
    /// The code's last group, which may be shown.
    public let lastGroup: String
    public let recordedAt: Instant

    /// Where a key comes from.
    public enum Source: String, Choice {
        public static let summary = "Where a product key comes from."

        case program
        /// R27: a volume licence of the organisation's, from outside the programme.
        case volumeLicensing = "volume-licensing"
    }

    /// What the rules tell its programme apart by.
    public var traits: ProgramTraits { programTraits ?? programKind.traits }

    public var maskedCode: String { ActivationCode.masked(lastGroup: lastGroup) }
    public var kind: KeyedProduct { KeyedProduct(of: product) }
}

public typealias ProductKeyID = NumberedIdentifier<ProductKey>
