extension RuleSearch {
    /// For each term that has synonyms, the first of its line in `Catalogue/synonyms.txt`.
    static let synonyms: [String: String] = RuleCatalogue.lines(of: PackageResources.synonyms_txt)
        .reduce(into: [:]) { meanings, line in
            let terms = line.map(stem)
            for term in terms { meanings[term] = terms[0] }
        }
}
