import CZlib

/// Unpacks gzip (RFC 1952) that comes in pieces.
final class Gunzip {
    private var stream = z_stream()
    private var buffer = [UInt8](repeating: 0, count: 1 << 18)
    /// Whether the last member ended; more of them may follow.
    private(set) var hasEnded = false

    /// Whether bytes begin a gzip file.
    static func canBe(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
    }

    init?() {
        // 15 bits of window and 16 for gzip's own header, whose checksum zlib then checks.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            return nil
        }
    }

    deinit { inflateEnd(&stream) }

    /// Hands out what bytes unpack to; `false` where they are damaged.
    func take<Failure: Error>(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return true }
        stream.next_in = UnsafeMutablePointer(
            mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(bytes.count)
        while stream.avail_in > 0 {
            if hasEnded {
                guard inflateReset(&stream) == Z_OK else { return false }
                hasEnded = false
            }
            let (code, count) = fill()
            guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { return false }
            hasEnded = code == Z_STREAM_END
            if count > 0 {
                let part = buffer
                var failure: Failure?
                part.withUnsafeBytes { all in
                    do throws(Failure) {
                        try body(UnsafeRawBufferPointer(rebasing: all.prefix(count)))
                    } catch { failure = error }
                }
                if let failure { throw failure }
            } else if code == Z_BUF_ERROR {
                break
            }
        }
        return true
    }

    private func fill() -> (code: Int32, count: Int) {
        let size = buffer.count
        return buffer.withUnsafeMutableBufferPointer { room in
            stream.next_out = room.baseAddress
            stream.avail_out = UInt32(size)
            let code = inflate(&stream, Z_NO_FLUSH)
            return (code, size - Int(stream.avail_out))
        }
    }
}
