import RegistryAPI
import Synchronization

/// The one connection of a command, opened when it is first needed.
final class CommandConnection: Sendable {
    private let opened = Mutex<(any RegistryConnection)?>(nil)

    /// - Throws: what `open` throws, the first time.
    func get(_ open: () throws -> any RegistryConnection) throws -> any RegistryConnection {
        try opened.withLock { opened in
            let connection = try opened ?? open()
            opened = connection
            return connection
        }
    }

    /// Finishes what was begun.
    func close() async {
        await opened.withLock { $0.take() }?.close()
    }
}
