@testable import Registry

/// The kinds of the licensing FAQ's time.
extension Program.Kind {
    static let actionPack = Program.Kind(stored: "action-pack")
    static let silverCompetency = Program.Kind(stored: "silver-competency")
    static let goldCompetency = Program.Kind(stored: "gold-competency")
    static let learningCompetency = Program.Kind(stored: "learning-competency")
    static let additionalBenefitToolkit = Program.Kind(stored: "additional-benefit-toolkit")
    static let cloudAccelerate = Program.Kind(stored: "cloud-accelerate")
}
