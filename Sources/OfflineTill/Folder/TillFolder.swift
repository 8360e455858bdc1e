import Cryptography
import Foundation

/// The folder of a till, mode 0700: `key`, `pack` and `journal`, each mode 0600.
struct TillFolder {
    let path: String

    var keyPath: String { "\(path)/key" }
    var packPath: String { "\(path)/pack" }
    var journalPath: String { "\(path)/journal" }

    /// Makes the folder with a new key, a pack and a journal, the journal last: only with it there is a till.
    ///
    /// What an enrolment that did not end has left is written over.
    func fill(pack: [UInt8], identity: TillIdentity) throws(TillFault) {
        let claim = try claim()
        defer { close(claim) }
        guard access(journalPath, F_OK) != 0 else { throw .exists(path) }
        let key = SecretKey.random()
        let journal = try TillJournal.beginning(with: identity, key: key, path: journalPath)
        try replace(keyPath, by: key.bytes)
        try replace(packPath, by: pack)
        try replace(journalPath, by: journal)
    }

    /// Makes the folder where it is missing, and locks it for as long as the descriptor that is returned is
    /// open.
    private func claim() throws(TillFault) -> Int32 {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw .writing(path, errno: errno) }
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .writing(path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path)
        }
        // One that was there before may have been open to others.
        guard fchmod(descriptor, 0o700) == 0 else {
            let number = errno
            close(descriptor)
            throw .writing(path, errno: number)
        }
        return descriptor
    }

    /// Reads the key; refuses one that others than its owner may read.
    func key() throws(TillFault) -> SecretKey {
        var information = stat()
        guard stat(keyPath, &information) == 0 else { throw .keyMissing(keyPath) }
        guard information.st_mode & 0o077 == 0 else { throw .keyExposed(keyPath) }
        guard let bytes = FileManager.default.contents(atPath: keyPath),
            let key = SecretKey(bytes: Array(bytes))
        else { throw .keyDamaged(keyPath) }
        return key
    }

    /// Reads the pack, as long as any can be.
    func pack() throws(TillFault) -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: packPath) else { throw .packMissing(packPath) }
        defer { try? file.close() }
        do {
            return Array(try file.read(upToCount: TillPack.maximumLength + 1) ?? Data())
        } catch {
            throw .cannotRead(packPath, reason: (error as NSError).localizedDescription)
        }
    }

    /// Puts a file in the folder in the place of one of that name, whole or not at all; it is on disk when this
    /// returns.
    func replace(_ path: String, by bytes: [UInt8]) throws(TillFault) {
        let draft = "\(path).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .writing(path, errno: errno) }
        guard write(bytes, to: descriptor), fsync(descriptor) == 0 else {
            let number = errno
            close(descriptor)
            unlink(draft)
            throw .writing(path, errno: number)
        }
        close(descriptor)
        guard rename(draft, path) == 0 else {
            let number = errno
            unlink(draft)
            throw .writing(path, errno: number)
        }
        try synchronise()
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    /// A rename is on disk when its folder is.
    private func synchronise() throws(TillFault) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .writing(path, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .writing(path, errno: errno) }
    }
}
