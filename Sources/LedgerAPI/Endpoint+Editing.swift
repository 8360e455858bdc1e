import Cryptography
import LedgerDomain
import LedgerService

extension Endpoint {
    /// The same for an edit of something that its entity tag may be brought of.
    func editing(_ resource: EditedResource) -> Endpoint { setting(\.edited, resource) }

    /// The same for what shows something that is edited elsewhere.
    func showing(_ resource: EditedResource) -> Endpoint { setting(\.shown, resource) }

    /// Answers a request that was let in.
    ///
    /// With `If-Match` only where the thing is what the tag says; nothing can change it between the comparison and the decision,
    /// for the writer looks again. A retry of what was done gets its answer.
    package func answer(_ request: APIRequest) async throws -> APIAnswer {
        if let shown {
            // Read first: where somebody edits in between, the tag is too old rather than too new.
            let version = try request.service.state(try shown.version(request))
            var answer = try await run(request)
            answer.version = version
            return answer
        }
        guard isChange, let wanted = request.ifMatch else { return try await run(request) }
        guard let edited else {
            throw FieldFault("If-Match", Sentence("这项操作不接受 If-Match", "this operation takes no If-Match"))
        }
        guard try request.service.earlierCommand(request.call) == nil else { return try await run(request) }
        let version = try edited.version(request)
        let seen = try request.service.state(version)
        let tags = wanted.split { $0 == "," || $0 == " " }.map(String.init)
        guard tags.contains("*") || tags.contains(entityTag(of: Array(seen.utf8))) else {
            throw ServiceError.changed
        }
        var request = request
        request.expectation = { version($0) == seen }
        return try await run(request)
    }
}

extension APIAnswer {
    /// The validator (RFC 9110 §8.8.3): of what is edited where that is shown, else of this very representation; a stream has
    /// none.
    package var entityTag: String? {
        if let version { return LedgerAPI.entityTag(of: Array(version.utf8)) }
        guard case .bytes(let bytes) = content else { return nil }
        return LedgerAPI.entityTag(of: bytes)
    }
}

private func entityTag(of bytes: [UInt8]) -> String {
    "\"\(Array(SHA256Digest.of(bytes).prefix(16)).hexadecimal)\""
}
