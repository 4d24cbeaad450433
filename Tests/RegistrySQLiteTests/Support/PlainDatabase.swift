import GRDB

/// Runs `body` on a connection to the database file `path`, then closes it.
func onDatabase<Answer>(_ path: String, _ body: (Database) throws -> Answer) throws -> Answer {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.writeWithoutTransaction(body)
}

/// Runs `body` on an open connection.
func on<Answer>(_ queue: DatabaseQueue, _ body: (Database) throws -> Answer) throws -> Answer {
    try queue.writeWithoutTransaction(body)
}
