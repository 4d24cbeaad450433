package import Registry

/// What an engine itself knows of the registry that is checked.
package protocol EngineInspection: Sendable {
    /// What damage is reported of: a file, or a database.
    var subject: String { get }

    /// What the anchor says; asked before the first read. Nil where there is none.
    func anchorReading() throws -> RollbackAnchor.Reading?
    /// What else is to be asked: of pages, of the schema, of who can get at the files.
    var questions: [@Sendable (any SQLConnection) throws -> [Finding]] { get }
}

/// Sums up what a connection does to the rows of each table.
package protocol RowWatching: AnyObject {
    /// What was done since the sums were last taken.
    var sums: RowSums { get set }
}
