import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage

/// A key that a machine is to have.
struct AccessKeyRequest: JSONBody {
    var name = ""
    var scopes: [Permission] = []
    var platform: String?
    var days: UInt32 = 365

    init() {}

    static let fields: [JSONField<AccessKeyRequest>] = [
        JSONField("name", \.name, "Who or what it is for.", .text(1...100)),
        JSONField("scopes", \.scopes, "What it may do.", .items(1...24)),
        JSONField(
            "platform", \.platform,
            "For which platform's accounts it speaks (openid): small letters, digits and hyphens.",
            .text(1...32)),
        JSONField(
            optional: "days", \.days, "How many days it lives; 365 unless told.",
            .number(1...AccessKeys.maximumLifetime)),
    ]
}

/// A key as it was made.
struct AccessKeyAnswer: JSONObject {
    var key: AccessKey
    var stored: StoredAccessKey

    static let fields: [JSONField<AccessKeyAnswer>] = [
        JSONField(told: "key", "What the machine shows as Authorization: Bearer; shown here and never again.")
        {
            $0.key.text
        },
        JSONField(told: "id", "Its number.") { $0.stored.id },
        JSONField(told: "expiry", "From then on it opens nothing.") { $0.stored.expiry },
    ]
}

extension StoredAccessKey: JSONObject {
    static var schemaName: String { "AccessKey" }
    static let fields: [JSONField<StoredAccessKey>] = [
        JSONField(told: "id", "Its number.") { $0.id },
        JSONField(told: "name", "Who or what it is for.") { $0.name },
        JSONField(told: "scopes", "What it may do.") { $0.scopes },
        JSONField(told: "createdAt", "When it was made.") { $0.createdAt },
        JSONField(told: "createdBy", "Who made it.") { $0.createdBy },
        JSONField(told: "expiry", "From then on it opens nothing.") { $0.expiry },
        JSONField(told: "revokedAt", "When it was revoked.", isRequired: false) { $0.revokedAt },
    ]
}

extension APIRequest {
    fileprivate var accessKeys: AccessKeys { AccessKeys(service, reception.office) }
}

extension Endpoint {
    /// Keys of machines.
    static let keys: [Endpoint] = [
        list("api-keys", "listKeys", .access, .accounts, "Machines' keys, never their texts.") {
            try $0.accessKeys.all()
        },
        post("api-keys", "makeKey", .access, .accounts, "Make a key for a machine.", creates: true) {
            (asked: AccessKeyRequest, request: APIRequest) in
            // One administrator could hold both halves of every approval.
            guard asked.scopes.allSatisfy({ !$0.approves }) else {
                throw FieldFault(
                    "scopes",
                    Sentence(
                        "复核权限不发给机器：请授予人员，或在服务器上用 wenhui api-key create",
                        "approving is for people: grant a role, or use wenhui api-key create on the machine"))
            }
            let made = try await request.accessKeys.make(
                asked.name, scopes: Set(asked.scopes), platform: asked.platform,
                days: Int64(asked.days), request.call)
            return (AccessKeyAnswer(key: made.key, stored: made.stored), made.isReplay)
        },
        post("api-keys/{key}/revocation", "revokeKey", .access, .accounts, "Close a machine's key for ever.")
        {
            (_: NoFields, request: APIRequest) in
            let receipt = try await request.accessKeys.revoke(try request.path("key"), request.call)
            return (EventFields(event: receipt.event, instant: receipt.instant), receipt.isReplay)
        },
    ]
}
