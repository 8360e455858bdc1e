import Foundation

/// A file that this till alone has open, as long as this value lives.
final class LockedFile: TillFile {
    private let path: String
    private let descriptor: Int32

    /// - Returns: `nil` where there is no such file.
    init?(_ path: String) throws(TillFault) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .cannotRead(path, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            // The file is closed by `deinit`, which runs for what is whole; closing it here as well would close another's.
            let number = errno
            throw number == EWOULDBLOCK
                ? .inUse(path) : .cannotRead(path, reason: String(cString: strerror(number)))
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // A process that is just being started has a copy of the descriptor, which would keep the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    func contents() throws(TillFault) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = pread(descriptor, &piece, piece.count, off_t(bytes.count))
            if count == 0 { return bytes }
            if count > 0 {
                bytes += piece[..<count]
            } else if errno != EINTR {
                throw .cannotRead(path, reason: String(cString: strerror(errno)))
            }
        }
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(TillFault) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written,
                    off_t(offset + written))
            }
            if count > 0 {
                written += count
            } else if count == 0 || errno != EINTR {
                throw .writing(path, errno: count == 0 ? ENOSPC : errno)
            }
        }
    }

    func synchronise() throws(TillFault) {
        guard fsync(descriptor) == 0 else { throw .writing(path, errno: errno) }
    }

    func truncate(to length: Int) throws(TillFault) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw .writing(path, errno: errno) }
    }
}
