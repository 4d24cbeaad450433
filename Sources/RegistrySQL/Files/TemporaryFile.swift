import FoundationEssentials
import Glibc
package import Registry

/// A new file of our own, mode 0600, on its way to its name.
///
/// Its own name is random and did not exist before, and no link leads to it, so nobody else's file is written to and
/// nobody else has it open.
package final class TemporaryFile {
    package let path: String
    package let descriptor: Int32

    /// In bytes; with what is added to it, a name may have 255.
    private static let longestStem = 200

    /// Makes the file in the directory of `target`.
    ///
    /// Made by root, it belongs to whom the directory belongs to, as every file of a registry does.
    /// - Throws: `Refusal` with `registry.read-only`, or `registry.full`.
    package init(beside target: String, ownedAsDirectory: Bool = true) throws {
        let directory = POSIXFile.directory(of: target)
        let name = target.split(separator: "/").last.flatMap { $0.utf8.count <= Self.longestStem ? $0 : nil } ?? "file"
        path = "\(directory)/.\(name).\(String(UInt64.random(in: .min ... .max), radix: 36))"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let number = errno
            throw POSIXFile.refusal(number == ENOSPC ? .registryFull : .registryReadOnly, "create", target, number)
        }
        var status = stat()
        // The creation mask may have taken more away.
        guard fchmod(descriptor, 0o600) == 0,
            !ownedAsDirectory || geteuid() != 0
                || (stat(directory, &status) == 0 && fchown(descriptor, status.st_uid, status.st_gid) == 0)
        else {
            let refusal = POSIXFile.refusal(.registryReadOnly, "create", target, errno)
            unlink(path)
            // The deinitializer closes the descriptor.
            throw refusal
        }
    }

    deinit {
        close(descriptor)
    }

    /// Gives the file the name `name`, unless another file has it.
    /// - Throws: `Refusal` with `code` when one has.
    package func giveName(_ name: String, orRefuse code: RefusalCode) throws {
        try requireOurs()
        if link(path, name) == 0 {
            unlink(path)
            return
        }
        var number = errno
        if [EPERM, EOPNOTSUPP].contains(number) {
            // A file system without hard links: the name is taken by an empty file first, so that none is replaced.
            let placeholder = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
            number = errno
            if placeholder >= 0 {
                close(placeholder)
                if rename(path, name) == 0 { return }
                number = errno
                unlink(name)
            }
        }
        guard number != EEXIST else {
            throw Refusal(code, "\(name) already exists.", facts: ["path": name])
        }
        throw POSIXFile.refusal(.registryInputOutput, "create", name, number)
    }

    /// Puts the file where `name` is now, in one step.
    package func replace(_ name: String) throws {
        try requireOurs()
        guard rename(path, name) == 0 else { throw POSIXFile.refusal(.registryInputOutput, "replace", name, errno) }
    }

    /// Takes the file away, where it has no other name yet.
    package func discard() {
        if (try? requireOurs()) != nil { unlink(path) }
    }

    /// Who may write to the directory could have put another file there.
    package func requireOurs() throws {
        guard let ours = FileIdentity(of: descriptor), FileIdentity(ofLink: path) == ours else { throw replaced }
    }

    /// Makes sure that whoever has opened the path since, in this process, has this file open and no other that was put
    /// there: what stands there now, or a moment later, says nothing about that.
    package func requireOpenedAgain() throws {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let identities = names.compactMap { Int32($0).flatMap { FileIdentity(of: $0) } }
        guard let ours = FileIdentity(of: descriptor), identities.count(where: { $0 == ours }) > 1 else {
            throw replaced
        }
    }

    private var replaced: Refusal {
        Refusal(
            .registryInputOutput,
            "The file \(path) was replaced while it was being written.",
            facts: ["path": path]
        )
    }
}
