import CBOR
import LedgerDomain
import LedgerService

extension JSONField {
    static func platform(_ path: any WritableKeyPath<Owner, String> & Sendable) -> JSONField {
        JSONField(
            "platform", path, "The platform's name: small letters, digits and hyphens.", .text(1...32))
    }

    static func consent(_ path: any WritableKeyPath<Owner, String> & Sendable) -> JSONField {
        JSONField(
            "consent", path, "Which text the resident agrees to, its name and version; the message names it.",
            .text(1...64))
    }

    static func phone(_ path: any WritableKeyPath<Owner, String> & Sendable) -> JSONField {
        JSONField("phone", path, "The phone that the resident registered with, 11 digits.", .text(11...11))
    }
}

/// Whom a platform asks for consent.
struct ConsentRequest: JSONBody {
    var resident = ""
    var phone = ""
    var platform = ""
    var consent = ""

    init() {}

    static let fields: [JSONField<ConsentRequest>] = [
        .identityNumber(\.resident), .phone(\.phone), .platform(\.platform), .consent(\.consent),
    ]
}

/// An account with a platform.
struct AccountRequest: JSONBody {
    var platform = ""
    var account = ""

    init() {}

    static let fields: [JSONField<AccountRequest>] = [
        .platform(\.platform),
        JSONField(
            "account", \.account,
            "What the platform calls the resident (openid): letters, digits, hyphens and underscores.",
            .text(1...64)),
    ]

    func resolved() throws -> PlatformAccount { try platformAccount(platform, account) }
}

/// An account that is to act for a resident, who agreed.
struct BindingRequest: JSONBody {
    var resident = ""
    var phone = ""
    var code = ""
    var platform = ""
    var account = ""
    var consent = ""

    init() {}

    static let fields: [JSONField<BindingRequest>] = [
        .identityNumber(\.resident), .phone(\.phone),
        JSONField("code", \.code, "The six digits that the resident was sent.", .text(6...6)),
        .platform(\.platform),
        JSONField(
            "account", \.account,
            "What the platform calls the resident (openid): letters, digits, hyphens and underscores.",
            .text(1...64)),
        .consent(\.consent),
    ]
}

/// Both have their alphabet.
private func platformAccount(_ platform: String, _ account: String) throws -> PlatformAccount {
    guard let account = PlatformAccount(platform: platform, account: account) else {
        throw FieldFault(
            PlatformAccount(platform: platform, account: "-") == nil ? "platform" : "account",
            Sentence(
                "平台由小写字母、数字和 - 组成，账号由字母、数字、- 和 _ 组成",
                "a platform is small letters, digits and hyphens, an account letters, digits, hyphens and underscores"
            ))
    }
    return account
}

extension Bindings.Bound: JSONObject {
    static var schemaName: String { "Binding" }
    static let fields: [JSONField<Bindings.Bound>] = [
        JSONField(told: "platform", "The platform.") { $0.platform },
        JSONField(told: "event", "The event that records the consent.") { $0.event },
        JSONField(told: "instant", "When.") { $0.instant },
    ]
}

extension Endpoint {
    static let bindings: [Endpoint] = [
        ask(
            "bindings/codes", "askForConsent", .residents, .claim,
            "Ask a resident by short message whether a platform's account may act for them; the answer is the same whether or not anybody is registered so."
        ) { (asked: ConsentRequest, request: APIRequest) in
            _ = try platformAccount(asked.platform, "-")
            try request.caller.demand(platform: asked.platform)
            let gateway = try request.gateway()
            if let message = try request.bindings.code(
                for: asked.resident, phone: asked.phone, platform: asked.platform, consent: asked.consent)
            {
                gateway.send(message)
            }
            return NoFields()
        }.lane(.claim),
        post(
            "bindings", "bindAccount", .residents, .claim,
            "Let a platform's account (openid) act for a resident, who agreed by telling the code.",
            creates: true
        ) { (asked: BindingRequest, request: APIRequest) in
            var binding = Bindings.Request(try platformAccount(asked.platform, asked.account))
            try request.caller.demand(platform: asked.platform)
            (binding.resident, binding.phone) = (asked.resident, asked.phone)
            (binding.code, binding.consent) = (asked.code, asked.consent)
            let receipt = try await request.bindings.bind(binding, request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.lane(.claim),
        post(
            "bindings/endings", "endBinding", .residents, .claim,
            "Let a platform's account act for nobody any more."
        ) { (asked: AccountRequest, request: APIRequest) in
            let account = try asked.resolved()
            try request.caller.demand(platform: account.platform)
            let receipt = try await request.bindings.end(account, request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.lane(.claim),
    ]
}
