import Cryptography
import LedgerDomain
import LedgerService

/// Something that several people edit, whose entity tag an edit may bring in `If-Match` (RFC 9110 §13.1.1).
struct EditedResource: Sendable {
    /// The operation that shows it.
    let name: String
    /// What of the state an edit rests on, for a thing of the address.
    let version: @Sendable (APIRequest) throws -> @Sendable (LedgerState) -> [UInt8]

    static let programme = EditedResource(name: "getProgramme") { request in
        let id: ProgrammeID = try request.path("programme")
        return { state in
            guard state.programmes.contains(id) else { return [] }
            let programme = state.programmes[id]
            return [programme.status.rawValue, UInt8(truncatingIfNeeded: programme.rules.count)]
                + (programme.pending?.digest.bytes ?? [])
        }
    }

    static let batch = EditedResource(name: "getBatch") { request in
        let id: BatchID = try request.path("batch")
        return { $0.batches.contains(id) ? [$0.batches[id].status.rawValue] : [] }
    }

    static let merchant = EditedResource(name: "getMerchant") { request in
        let id: MerchantID = try request.path("merchant")
        return { $0.merchants.contains(id) ? [$0.merchants[id].status.rawValue] : [] }
    }
}

extension Endpoint {
    /// The same for an edit of something that its entity tag may be brought of.
    func editing(_ resource: EditedResource) -> Endpoint {
        var endpoint = self
        endpoint.edited = resource
        return endpoint
    }

    /// Answers a request that was let in.
    ///
    /// With `If-Match` only where the thing is what the tag says; nothing can change it between the comparison and the decision,
    /// for the writer looks again. A retry of what was done gets its answer.
    package func answer(_ request: APIRequest) async throws -> APIAnswer {
        guard isChange, let wanted = request.ifMatch else { return try await run(request) }
        guard let edited, let shown = Endpoint.all.first(where: { $0.name == edited.name }) else {
            throw FieldFault("If-Match", Sentence("这项操作不接受 If-Match", "this operation takes no If-Match"))
        }
        guard try request.service.earlierCommand(request.call) == nil else { return try await run(request) }
        let version = try edited.version(request)
        let seen = try request.service.state(version)
        let tag = try await shown.run(request).entityTag
        let tags = wanted.split(separator: ",").map { $0.trimmed }
        guard tags.contains("*") || tags.contains(tag) else { throw ServiceError.changed }
        var request = request
        request.expectation = { version($0) == seen }
        return try await run(request)
    }
}

extension APIAnswer {
    /// The strong validator of this very representation (RFC 9110 §8.8.3).
    package var entityTag: String { "\"\(SHA256Digest.of(bytes).prefix(16).map { $0 }.hexadecimal)\"" }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
