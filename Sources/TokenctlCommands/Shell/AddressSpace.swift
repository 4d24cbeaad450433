import Glibc
import RegistryAPI

/// The memory that the process may still map, where the system limits it (`ulimit -v`).
enum AddressSpace {
    /// What the threads of a command take, in bytes.
    private static let needed = 192 << 20

    /// A thread that cannot be started is waited for without end, perhaps after something was recorded: so it is made
    /// sure of before anything is done.
    /// - Throws: `Problem`.
    static func requireRoom() throws {
        let memory = mmap(nil, needed, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard memory != MAP_FAILED else {
            throw Problem(
                code: "memory.limited",
                title: "Too little memory",
                status: 503,
                exitCode: 1,
                detail: "This process may not use enough memory to work (ulimit -v), so nothing was done. "
                    + "Allow it 512 MB of address space.",
                requestID: "none"
            )
        }
        munmap(memory, needed)
    }
}
