/// What a log sends a witness to have a checkpoint cosigned: the body of `POST …/add-checkpoint` (C2SP
/// tlog-witness).
///
/// Reading and printing are inverse.
package struct AddCheckpointRequest: Hashable, Sendable {
    /// The size of the tree that the witness cosigned last, as far as the log knows; 0 when it never did.
    package let oldSize: UInt64
    /// What shows that the checkpoint's tree begins with that one; empty when that one is empty or the same.
    package let proof: [TreeHash]
    /// The checkpoint as the log signed it; not verified.
    package let note: SignedNote

    /// Requests may be 132 KiB long: a note and the longest proof.
    package static let maximumLength = 135_168

    /// Traps when the proof has more than 63 hashes or the size is 2⁶³ or above.
    package init(oldSize: UInt64, proof: [TreeHash], note: SignedNote) {
        precondition(proof.count <= HashListError.maximumCount && oldSize <= UInt64(Int64.max))
        self.oldSize = oldSize
        self.proof = proof
        self.note = note
    }

    /// Reads the body of a request.
    package init(_ bytes: [UInt8]) throws(AddCheckpointRequestError) {
        guard bytes.count <= AddCheckpointRequest.maximumLength else { throw .tooLong }
        var lines = LineReader(bytes)
        guard let line = lines.next(after: "old"), let oldSize = UInt64(decimal: line) else { throw .oldSize }
        let proof: [TreeHash]
        do throws(HashListError) {
            proof = try lines.nextHashes()
        } catch {
            throw .proof(error)
        }
        do throws(NoteError) {
            self.init(oldSize: oldSize, proof: proof, note: try SignedNote(Array(lines.rest)))
        } catch {
            throw .note(error)
        }
    }

    /// The body of the request.
    package var bytes: [UInt8] {
        var head = "old \(oldSize)\n"
        for hash in proof { head += hash.base64 + "\n" }
        return Array((head + "\n").utf8) + note.bytes
    }
}
