/// The figures that a new registry starts from; `tokenctl program import` replaces them with a year's own table.
public enum BuiltInPrograms {
    /// Read from `Catalogue/programs.json` at first use, in the form that ``ImportPrograms`` takes.
    public static let all: [Program] = {
        let (programs, faults) = embedded(PackageResources.programs_json, as: ProgramTable.self).validated()
        precondition(faults.isEmpty, "The built-in programmes are wrong: \(faults)")
        return programs
    }()

    /// The editions after the first, in their order.
    static let laterEditions: [String] = Set(all.map(\.edition)).filter { $0 != .first }.sorted().map(\.id.value)
}
