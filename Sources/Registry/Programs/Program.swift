/// A programme of the partner network and what it grants. Programmes are data: an administrator can replace them.
public struct Program: Hashable, Sendable, Codable {
    public let id: ProgramID
    public let name: String
    public let kind: Kind
    public let benefits: [Benefit]

    public init(id: ProgramID, name: String, kind: Kind, benefits: [Benefit]) {
        self.id = id
        self.name = name
        self.kind = kind
        self.benefits = benefits
    }

    /// What the rules tell programmes apart by.
    public enum Kind: String, Choice {
        public static let summary = "What the rules tell programmes apart by."

        case actionPack = "action-pack"
        case silverCompetency = "silver-competency"
        case goldCompetency = "gold-competency"
        case learningCompetency = "learning-competency"
        case additionalBenefitToolkit = "additional-benefit-toolkit"
        case cloudAccelerate = "cloud-accelerate"

        /// R05: whether what it grants may be used in the subscribing country only.
        public var isLocal: Bool { self == .actionPack }

        /// R11, R44: whether it rests on another enrollment.
        public var needsAnother: Bool { self == .additionalBenefitToolkit || self == .cloudAccelerate }

        public var isCompetency: Bool {
            switch self {
            case .silverCompetency, .goldCompetency, .learningCompetency: true
            case .actionPack, .additionalBenefitToolkit, .cloudAccelerate: false
            }
        }
    }

    /// R44: Cloud Accelerate grants nothing, whatever a catalogue says.
    public var grantedBenefits: [Benefit] { kind == .cloudAccelerate ? [] : benefits }

    public func benefit(for product: ProductLine) -> Benefit? {
        benefits.first { $0.product == product }
    }
}

public typealias ProgramID = Identifier<Program>
