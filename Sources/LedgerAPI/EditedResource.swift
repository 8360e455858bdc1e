import Cryptography
import LedgerDomain
import LedgerService

/// Something that several people edit, whose entity tag an edit may bring in `If-Match` (RFC 9110 §13.1.1).
///
/// The tag stands for what is edited, and not for what runs besides: a batch has the same while people claim of it.
struct EditedResource: Sendable {
    /// What an edit rests on, for a thing of the address.
    let version: @Sendable (APIRequest) throws -> @Sendable (LedgerState) -> String

    static let programme = EditedResource { request in
        let id: ProgrammeID = try request.path("programme")
        return { state in
            guard state.programmes.contains(id) else { return "" }
            let programme = state.programmes[id]
            let pending = programme.pending?.digest.bytes.hexadecimal ?? ""
            return "programme \(id.rawValue) \(programme.status.rawValue) \(programme.rules.count) \(pending)"
        }
    }

    static let batch = EditedResource { request in
        let id: BatchID = try request.path("batch")
        return { $0.batches.contains(id) ? "batch \(id.rawValue) \($0.batches[id].status.rawValue)" : "" }
    }

    static let merchant = EditedResource { request in
        let id: MerchantID = try request.path("merchant")
        return {
            $0.merchants.contains(id) ? "merchant \(id.rawValue) \($0.merchants[id].status.rawValue)" : ""
        }
    }
}
