import Cryptography
import Foundation

/// A file that is written piece by piece beside another, hashed on the way, and put in its place when it is whole.
final class HashedFile {
    private let url: URL
    private let draft: URL
    private let file: FileHandle
    private var hasher = SHA256Hasher()
    private var buffer: [UInt8] = []

    /// What is gathered before it is hashed and written.
    private static let gathered = 1 << 20

    /// - Throws: where another process is writing it, or the disk does not let this one.
    init(_ url: URL) throws {
        self.url = url
        draft = url.appendingPathExtension("new")
        let descriptor = open(draft.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, ftruncate(descriptor, 0) == 0 else {
            throw CocoaError(.fileLocking)
        }
        buffer.reserveCapacity(HashedFile.gathered)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= HashedFile.gathered { try flush() }
    }

    func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    /// Eight bytes, the highest first.
    func write(number: UInt64) throws { try withUnsafeBytes(of: number.bigEndian) { try write($0) } }

    /// Appends what `seal` makes of the digest of everything, and takes the old file's place.
    func close(_ seal: ([UInt8]) -> [UInt8]) throws {
        try flush()
        try file.write(contentsOf: Data(seal(hasher.digest)))
        guard rename(draft.path, url.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        try file.close()
    }

    private func flush() throws {
        buffer.withUnsafeBytes { hasher.update($0) }
        try file.write(contentsOf: Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }
}
