package import AuditLog
import Foundation

/// Has a log's checkpoints cosigned by one witness over HTTP (C2SP tlog-witness, "add-checkpoint").
///
/// It remembers nothing between two checkpoints. A reply is believed only for a good signature of the witness's key.
package struct WitnessClient: Sendable {
    private let key: NoteVerifierKey
    private let address: URL
    private let timeout: Duration

    /// Replies may be 64 KiB long; a cosignature takes about 200 bytes.
    package static let maximumReplyLength = 65_536

    /// - Parameters:
    ///   - key: the witness's cosignature key.
    ///   - url: its submission prefix, http or https, with or without a slash at the end.
    ///   - timeout: the longest time for one request with its reply; there may be two.
    package init(
        key: NoteVerifierKey, url: String, timeout: Duration = .seconds(10)
    ) throws(WitnessClientError) {
        guard let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme?.lowercased()),
            parts.host?.isEmpty == false, parts.user == nil, parts.password == nil, parts.query == nil,
            parts.fragment == nil,
            let address = URL(string: "\(url.hasSuffix("/") ? String(url.dropLast()) : url)/add-checkpoint")
        else {
            throw WitnessClientError(witness: key.name, reason: .address(url))
        }
        self.key = key
        self.address = address
        self.timeout = timeout
    }

    /// Asks the witness to cosign a checkpoint, and once more when it knows the log at another size.
    ///
    /// - Parameters:
    ///   - checkpoint: as the log signed it; cosignatures of others are kept.
    ///   - last: the size of the tree that this witness cosigned last; 0 when that is not known.
    ///   - proof: gives the proof that the second tree begins with the first; asked only for 0 < first < second.
    /// - Returns: the checkpoint with this witness's cosignature, verified.
    package func cosign(
        _ checkpoint: SignedCheckpoint, after last: UInt64 = 0,
        proof: (_ first: UInt64, _ second: UInt64) async throws -> ConsistencyProof?
    ) async throws(WitnessClientError) -> SignedCheckpoint {
        do throws(WitnessClientError.Reason) {
            let size = checkpoint.checkpoint.head.size
            let old = last <= size ? last : 0
            var reply = try await ask(checkpoint, from: old, proof)
            if let known = reply.knownSize, known != old {
                guard known <= size else { throw .ahead(known: known, size: size) }
                reply = try await ask(checkpoint, from: known, proof)
            }
            guard reply.status == 200 else { throw .refused(status: reply.status, line: reply.firstLine) }
            return try cosigned(checkpoint, reply.body)
        } catch {
            throw WitnessClientError(witness: key.name, reason: error)
        }
    }

    private func cosigned(
        _ checkpoint: SignedCheckpoint, _ lines: [UInt8]
    ) throws(WitnessClientError.Reason) -> SignedCheckpoint {
        do throws(CheckpointOpeningError) {
            return try checkpoint.cosigned(by: lines, of: [key])
        } catch {
            throw .notCosigned(error)
        }
    }

    /// One request.
    private func ask(
        _ checkpoint: SignedCheckpoint, from old: UInt64,
        _ proof: (_ first: UInt64, _ second: UInt64) async throws -> ConsistencyProof?
    ) async throws(WitnessClientError.Reason) -> HTTPReply {
        let size = checkpoint.checkpoint.head.size
        var path: [TreeHash] = []
        if old > 0, old < size { path = try await self.path(from: old, to: size, proof) }
        let body = AddCheckpointRequest(oldSize: old, proof: path, note: checkpoint.note).bytes
        do throws(HTTPFailure) {
            return try await HTTPExchange.post(
                body, to: address, timeout: timeout, maximumLength: WitnessClient.maximumReplyLength)
        } catch {
            throw WitnessClientError.Reason(error)
        }
    }

    private func path(
        from first: UInt64, to second: UInt64,
        _ proof: (_ first: UInt64, _ second: UInt64) async throws -> ConsistencyProof?
    ) async throws(WitnessClientError.Reason) -> [TreeHash] {
        let found: ConsistencyProof?
        do {
            found = try await proof(first, second)
        } catch {
            throw .unproven(first: first, second: second, why: "\(error)")
        }
        guard let found, found.first == first, found.second == second,
            found.path.count <= HashListError.maximumCount
        else { throw .unproven(first: first, second: second, why: "there is none") }
        return found.path
    }
}
