import Cryptography

/// What shows somebody offline, for ever, that an entry is in the log: its place, the way to the root and the
/// checkpoint (C2SP tlog-proof, version 1). Kept in a file `*.tlog-proof`.
///
/// The entry itself is not in it; whoever verifies brings the entry. Reading and printing are inverse.
package struct InclusionReceipt: Hashable, Sendable {
    /// The entry's place in the log, counted from 0.
    package let index: UInt64
    /// The hashes beside the way from the leaf to the root, the leaf's neighbour first; at most 63.
    package let path: [TreeHash]
    /// Anything else that the application wants to hand over; empty for nothing. Nobody vouches for it.
    package let extra: [UInt8]
    /// The log's checkpoint, with whatever cosignatures there are; not verified.
    package let note: SignedNote

    /// Receipts may be 256 KiB long: a note, a path, and the longest entry as extra data.
    package static let maximumLength = 262_144

    /// Traps when the path has more than 63 hashes or the index is 2⁶³ or above, which no tree needs.
    package init(index: UInt64, path: [TreeHash], extra: [UInt8] = [], note: SignedNote) {
        precondition(path.count <= HashListError.maximumCount && index <= UInt64(Int64.max))
        self.index = index
        self.path = path
        self.extra = extra
        self.note = note
    }

    /// Reads a receipt as it is kept.
    package init(_ bytes: [UInt8]) throws(ReceiptFormatError) {
        guard bytes.count <= InclusionReceipt.maximumLength else { throw .tooLong }
        var lines = LineReader(bytes)
        guard lines.next()?.elementsEqual(InclusionReceipt.header.utf8) == true else { throw .header }
        var extra: [UInt8] = []
        if let line = lines.next(after: "extra") {
            guard let data = [UInt8](base64: line), !data.isEmpty else { throw .extra }
            extra = data
        }
        guard let line = lines.next(after: "index"), let index = UInt64(decimal: line) else { throw .index }
        let path: [TreeHash]
        do throws(HashListError) {
            path = try lines.nextHashes()
        } catch {
            throw .path(error)
        }
        do throws(NoteError) {
            self.init(index: index, path: path, extra: extra, note: try SignedNote(Array(lines.rest)))
        } catch {
            throw .note(error)
        }
    }

    /// The receipt as it is kept.
    package var bytes: [UInt8] {
        var head = InclusionReceipt.header + "\n"
        if !extra.isEmpty { head += "extra \(extra.base64)\n" }
        head += "index \(index)\n"
        for hash in path { head += hash.base64 + "\n" }
        return Array((head + "\n").utf8) + note.bytes
    }

    private static let header = "c2sp.org/tlog-proof@v1"
}
