/// Decides which checkpoints a witness cosigns: those of known logs that only grew since it last looked
/// (C2SP tlog-witness). Pure: the caller keeps the state, tells the time and speaks HTTP.
package struct Witness: Sendable {
    private let signer: CosignatureSigner
    private let logs: [LogOrigin: KnownLog]

    /// - Parameter logs: those that it follows; of two with one origin, either's keys may sign.
    package init(signer: CosignatureSigner, logs: [KnownLog]) {
        self.signer = signer
        self.logs = Dictionary(grouping: logs, by: \.origin).mapValues { same in
            KnownLog(origin: same[0].origin, keys: same.flatMap(\.keys))
        }
    }

    /// What a verifier must have to check what this witness cosigns.
    package var verifierKey: NoteVerifierKey { signer.verifierKey }

    /// Decides a request in the order that the standard gives.
    ///
    /// - Parameters:
    ///   - body: the request as it came.
    ///   - state: what the witness remembers now.
    ///   - time: seconds since 1970, at most 2⁶³ − 1, for the cosignature.
    /// - Returns: the answer, which must not leave before the step is stored by compare-and-swap.
    package func decide(_ body: [UInt8], state: WitnessState, at time: UInt64) -> WitnessDecision {
        do throws(Refusal) {
            let request = try read(body)
            let checkpoint = try verify(request.note)
            let known = state.head(of: checkpoint.origin)
            try compare(checkpoint.head, with: known, request)
            return WitnessDecision(
                reply: .cosigned(signer.cosignature(of: checkpoint, at: time)),
                step: WitnessStep(origin: checkpoint.origin, from: known, to: checkpoint.head))
        } catch {
            return WitnessDecision(reply: error.reply, step: nil)
        }
    }

    /// A reply other than 200.
    private struct Refusal: Error {
        let reply: WitnessReply

        init(_ status: WitnessReply.Status, _ sentence: StaticString) { reply = .refused(status, sentence) }
        init(knownSize: UInt64) { reply = .conflict(knownSize: knownSize) }
    }

    private func read(_ body: [UInt8]) throws(Refusal) -> AddCheckpointRequest {
        do throws(AddCheckpointRequestError) {
            return try AddCheckpointRequest(body)
        } catch {
            throw Refusal(.badRequest, "malformed request")
        }
    }

    /// The checkpoint, if it is one that a log we follow signed.
    private func verify(_ note: SignedNote) throws(Refusal) -> Checkpoint {
        var lines = LineReader(note.text)
        guard let origin = lines.next().flatMap({ LogOrigin(bytes: Array($0)) }) else {
            throw Refusal(.badRequest, "malformed checkpoint")
        }
        guard let log = logs[origin] else { throw Refusal(.notFound, "unknown log") }
        do throws(CheckpointOpeningError) {
            return try SignedCheckpoint(opening: note, of: log).checkpoint
        } catch .text(.extensionLine) {
            throw Refusal(.badRequest, "extension lines are not cosigned")
        } catch .text {
            throw Refusal(.badRequest, "malformed checkpoint")
        } catch {
            throw Refusal(.forbidden, "no good signature of the log")
        }
    }

    /// Refuses a tree that does not continue the known one.
    private func compare(
        _ new: TreeHead, with known: TreeHead, _ request: AddCheckpointRequest
    ) throws(Refusal) {
        guard request.oldSize <= new.size else {
            throw Refusal(.badRequest, "the old size is above the checkpoint's")
        }
        guard request.oldSize == known.size else { throw Refusal(knownSize: known.size) }
        if known.size == 0 || known.size == new.size {
            guard request.proof.isEmpty else { throw Refusal(.unprocessable, "a proof where there is none") }
            guard known.size < new.size || known.root == new.root else {
                // Not with the known size in the body: the log would take it for a hint and try again.
                throw Refusal(.conflict, "another root at the same size")
            }
            return
        }
        let proof = ConsistencyProof(first: known.size, second: new.size, path: request.proof)
        guard proof.isValid(firstRoot: known.root, secondRoot: new.root) else {
            throw Refusal(.unprocessable, "the proof does not lead from the known tree to this one")
        }
    }
}
