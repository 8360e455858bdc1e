import CBOR
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage
import RedemptionTokens

/// For whom a token is made.
struct MintRequest: JSONBody {
    var resident: String?

    init() {}

    static let fields: [JSONField<MintRequest>] = [
        JSONField(
            "resident", \.resident,
            "The resident who has the voucher, by identity number or account; people at a counter must say whom they serve, a platform's key need not.",
            .text(3...97))
    ]
}

extension MintedToken: JSONObject {
    static let fields: [JSONField<MintedToken>] = [
        JSONField(told: "token", "What the QR code says.") { $0.token.text },
        JSONField(told: "code", "The digits for a broken scanner.") { $0.code.description },
        JSONField(told: "voucher", "The voucher.") { $0.voucher },
        JSONField(told: "expiry", "Until before when a till takes it.") { $0.expiry },
    ]
}

/// Whose telephone is to be told of which vouchers there are.
struct VoucherCodesRequest: JSONBody {
    var resident = ""
    var outlet = ""

    init() {}

    static let fields: [JSONField<VoucherCodesRequest>] = [
        .identityNumber(\.resident),
        JSONField("outlet", \.outlet, "The outlet's platform id or number.", .text(1...64)),
    ]
}

/// What a resident says at the till.
struct VoucherCodeRequest: JSONBody {
    var resident = ""
    var outlet = ""
    var code = ""

    init() {}

    static let fields: [JSONField<VoucherCodeRequest>] = [
        .identityNumber(\.resident),
        JSONField("outlet", \.outlet, "The outlet that they were sent for.", .text(1...64)),
        JSONField("code", \.code, "The six digits of the voucher to use.", .text(6...6)),
    ]
}

extension VoucherCodes.Exchanged: JSONObject {
    static var schemaName: String { "CodeToken" }
    static let fields: [JSONField<VoucherCodes.Exchanged>] = [
        JSONField(told: "token", "What is redeemed, once.") { $0.token },
        JSONField(told: "voucher", "The voucher.") { $0.voucher },
        JSONField(told: "expiry", "Until before when a till takes it.") { $0.expiry },
    ]
}

/// A voucher on paper.
struct PaperAnswer: JSONObject {
    var printed: PrintedVoucher

    static let fields: [JSONField<PaperAnswer>] = [
        JSONField(told: "event", "The event that records it.") { $0.printed.receipt.event },
        JSONField(told: "instant", "When.") { $0.printed.receipt.instant },
        JSONField(told: "paper", "What the printed QR code says; whoever has it has the voucher.") {
            $0.printed.paper.text
        },
    ]
}

/// A phone that may spend offline.
struct CredentialRequest: JSONBody {
    var device = Octets()
    var cap: Amount?
    var hours: UInt32?

    init() {}

    static let fields: [JSONField<CredentialRequest>] = [
        JSONField("device", \.device, "The phone's P-256 public key, compressed, 66 digits."),
        JSONField("cap", \.cap, "The most that it may spend."),
        JSONField("hours", \.hours, "How long it is good for.", .number(1...168)),
    ]
}

/// A credential as the phone gets it.
struct CredentialAnswer: JSONObject {
    var issued: IssuedCredential

    static let fields: [JSONField<CredentialAnswer>] = [
        JSONField(told: "event", "The event that records it.") { $0.issued.receipt.event },
        JSONField(told: "instant", "When.") { $0.issued.receipt.instant },
        JSONField(told: "credential", "Its number.") { KeyID($0.issued.credential.claims.id.rawValue) },
        JSONField(told: "bytes", "What the phone keeps.") { Octets($0.issued.credential.bytes) },
        JSONField(told: "cap", "The most that it may spend.") {
            Amount(fen: Int64($0.issued.credential.claims.cap))
        },
        JSONField(told: "expiry", "Until before when it is good.") {
            Instant(seconds: $0.issued.credential.claims.expiry)
        },
        JSONField(told: "heldUntil", "Until when the voucher is held for it.") {
            $0.issued.receipt.accepted.holdUntil
        },
    ]
}

extension RevokeCredential: JSONBody {
    static let fields: [JSONField<RevokeCredential>] = []
}

extension RevokeCredential.Accepted: JSONObject {
    static let fields: [JSONField<RevokeCredential.Accepted>] = [
        JSONField(told: "heldUntil", "Until when the voucher stays held: tills may still upload.") {
            $0.holdUntil
        }
    ]
}

extension IssuerKey: JSONObject {
    static let fields: [JSONField<IssuerKey>] = [
        JSONField(told: "key", "Its number.") { $0.id },
        JSONField(told: "publicKey", "The key itself.") { $0.publicKey },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "notBefore", "From when on it signs.") { $0.notBefore },
        JSONField(told: "notAfter", "Until when what it signed is good.") { $0.notAfter },
        JSONField(told: "revokedAt", "When it was revoked.", isRequired: false) { $0.revokedAt },
    ]
}

/// What is done with the keys of tokens.
struct NewKeyRequest: JSONBody {
    var afterDays: UInt32 = 0
    var lifetimeDays: UInt32 = 0

    init() {}

    static let fields: [JSONField<NewKeyRequest>] = [
        JSONField(
            "afterDays", \.afterDays, "In how many days it may be used; the first one at once.",
            .number(0...366)),
        JSONField("lifetimeDays", \.lifetimeDays, "For how many days from then on.", .number(1...3660)),
    ]
}

/// The list that a change of keys came to.
struct KeyListAnswer: JSONObject {
    var receipt: Receipt<PublishKeys>
    var list: IssuerKeyList

    static let fields: [JSONField<KeyListAnswer>] = [
        JSONField(told: "event", "The event that records it.") { $0.receipt.event },
        JSONField(told: "instant", "When.") { $0.receipt.instant },
        JSONField(told: "keys", "The keys as they are now.") { $0.list.keys },
    ]
}

extension Endpoint {
    static let tokens: [Endpoint] = [
        ask(
            "vouchers/{voucher}/tokens", "mintToken", .tokens, .claim,
            "Make what a resident's page shows for the next minute (核销码); no event, its use is one."
        ) { (asked: MintRequest, request: APIRequest) in
            try request.demandHolder(asked.resident, of: try request.path("voucher"))
            return try request.service.mint(try request.path("voucher"), request.call)
        }.lane(.claim),
        ask(
            "vouchers/codes", "sendVoucherCodes", .tokens, .redeem,
            "Send a resident without a smart phone six digits for each of up to three vouchers, those that expire first; the answer is the same whether or not anybody is registered so."
        ) { (asked: VoucherCodesRequest, request: APIRequest) in
            let (outlet, _) = try request.service.till(outlet: asked.outlet, terminal: nil)
            try request.caller.demand(outlet: outlet)
            let gateway = try request.gateway()
            gateway.send(
                composing: try request.voucherCodes.prepare(
                    for: asked.resident, at: outlet, asking: request.call.owner))
            return NoFields()
        }.lane(.terminal),
        ask(
            "vouchers/codes/tokens", "exchangeVoucherCode", .tokens, .redeem,
            "Exchange the digits that a resident says for a token of their voucher; the same again gets the same token."
        ) { (asked: VoucherCodeRequest, request: APIRequest) in
            let (outlet, _) = try request.service.till(outlet: asked.outlet, terminal: nil)
            try request.caller.demand(outlet: outlet)
            return try request.voucherCodes.exchange(
                asked.code, of: asked.resident, at: outlet, asking: request.call.owner, request.call)
        }.lane(.terminal),
        post(
            "vouchers/{voucher}/papers", "issuePaper", .tokens, .issue,
            "Put a voucher on paper (纸质券); one printed before is worth nothing from now on.", creates: true
        ) { (_: NoFields, request: APIRequest) in
            let printed = try await request.service.issuePaper(try request.path("voucher"), request.call)
            return (PaperAnswer(printed: printed), printed.receipt.isReplay)
        },
        post(
            "vouchers/{voucher}/credentials", "issueCredential", .tokens, .claim,
            "Let a phone spend a voucher where tills are offline (离线凭证).", creates: true
        ) { (asked: CredentialRequest, request: APIRequest) in
            guard let key = P256PublicKey(compressed: asked.device.bytes) else {
                throw FieldFault(
                    "device",
                    Sentence("应为 66 位十六进制的 P-256 压缩公钥", "it must be a compressed P-256 key in 66 digits"))
            }
            let issued = try await request.service.issueCredential(
                try request.path("voucher"), to: DeviceKey(key), cap: asked.cap,
                lifetime: asked.hours.map { Int64($0) * Instant.hour }, request.call)
            return (CredentialAnswer(issued: issued), issued.receipt.isReplay)
        },
        command(
            RevokeCredential.self, "credentials/{credential}/revocation", .tokens, .issue,
            "Take an offline credential back: a phone was lost, or cheats."
        ) { $0.id = try $1.path("credential") },
        list("token-keys", "listTokenKeys", .tokens, .read, "The keys that tokens are signed with.") {
            try $0.service.keyList().keys
        },
        file(
            "token-keys/list", "getKeyList", .tokens, .read,
            "The signed key list, by which tills verify tokens on their own.", type: "application/cbor"
        ) { try $0.service.signedKeyList() },
        post(
            "token-keys", "publishTokenKey", .tokens, .tokenKeys, "Publish a new key of tokens.",
            creates: true
        ) { (asked: NewKeyRequest, request: APIRequest) in
            try await changed(
                .generate(
                    after: Int64(asked.afterDays) * Instant.day,
                    lifetime: Int64(asked.lifetimeDays) * Instant.day), request)
        },
        post(
            "token-keys/rotation", "rotateTokenKeys", .tokens, .tokenKeys,
            "Use the published key from now on, and the one before only for what it has signed."
        ) { (_: NoFields, request: APIRequest) in try await changed(.rotate, request) },
        post(
            "token-keys/{key}/retirement", "retireTokenKey", .tokens, .tokenKeys,
            "End a key that is not used any more."
        ) { (_: NoFields, request: APIRequest) in
            try await changed(.retire(try request.path("key")), request)
        },
        post(
            "token-keys/{key}/revocation", "revokeTokenKey", .tokens, .tokenKeys,
            "Refuse whatever a stolen key signs."
        ) { (_: NoFields, request: APIRequest) in
            try await changed(.revoke(try request.path("key")), request)
        },
    ]

    private static func changed(
        _ change: LedgerService.KeyChange, _ request: APIRequest
    ) async throws -> (KeyListAnswer, isReplay: Bool) {
        let receipt = try await request.service.publishKeys(change, request.call)
        return (
            KeyListAnswer(receipt: receipt, list: try request.service.keyList()), receipt.isReplay
        )
    }
}

extension APIRequest {
    /// - Throws: where a person who serves others does not name whose voucher it is.
    fileprivate func demandHolder(_ resident: String?, of voucher: VoucherID) throws {
        if resident == nil, caller.signIn == nil { return }
        guard let resident else { throw FieldFault("resident", Sentence("缺少这个字段", "this field is missing")) }
        let number = try self.resident(resident).number
        guard try service.vouchers(of: number).contains(where: { $0.row.id == voucher }) else {
            throw missing(.voucher, voucher)
        }
    }
}
