/// A programme of the partner network and what it grants. Programmes are data: an administrator can replace them.
public struct Program: Hashable, Sendable, Codable {
    public let id: ProgramID
    public let name: String
    public let kind: Kind
    /// Which licence table it stands in.
    public let edition: Edition
    /// What the rules tell it apart by.
    public let traits: ProgramTraits
    public let benefits: [Benefit]

    /// - Parameter traits: nil for those of its kind.
    public init(
        id: ProgramID,
        name: String,
        kind: Kind,
        edition: Edition = .first,
        traits: ProgramTraits? = nil,
        benefits: [Benefit]
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.edition = edition
        self.traits = traits ?? kind.traits
        self.benefits = benefits
    }

    /// The same with other traits; nil for its own.
    func with(_ traits: ProgramTraits?) -> Program {
        Program(id: id, name: name, kind: kind, edition: edition, traits: traits ?? self.traits, benefits: benefits)
    }

    /// R44: what grants no licences of its own grants none, whatever a catalogue says.
    public var grantedBenefits: [Benefit] { traits.grantsLicenses ? benefits : [] }

    public func benefit(for product: ProductLine) -> Benefit? {
        benefits.first { $0.product == product }
    }
}

public typealias ProgramID = Identifier<Program>
