import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage

/// Where a resident's code is to be sent.
struct PhoneCodeRequest: JSONBody {
    var resident = ""
    var phone = ""

    init() {}

    static let fields: [JSONField<PhoneCodeRequest>] = [
        .identityNumber(\.resident),
        .phone(\.phone),
    ]
}

/// A resident's code.
struct PhoneSignInRequest: JSONBody {
    var resident = ""
    var phone = ""
    var code = ""

    init() {}

    static let fields: [JSONField<PhoneSignInRequest>] = [
        .identityNumber(\.resident),
        JSONField("phone", \.phone, "The phone that it was sent to, 11 digits.", .text(11...11)),
        JSONField("code", \.code, "The six digits that were sent.", .text(6...6)),
    ]
}

/// A resident's sign-in.
struct PhoneSignInAnswer: JSONObject {
    var signIn: SignIn

    static let fields: [JSONField<PhoneSignInAnswer>] = [
        JSONField(
            told: "token", "What an app shows as Authorization: Bearer; a browser has it in its cookie."
        ) { $0.signIn.text },
        JSONField(told: "forgeryToken", "What every change of a browser brings in X-CSRF-Token.") {
            $0.signIn.forgeryToken
        },
        JSONField(told: "expiry", "Until when at the latest.") { $0.signIn.expiry },
    ]
}

/// Somebody who registers.
struct RegistrationRequest: JSONBody {
    var resident = ""
    var name = ""
    var phone = ""

    init() {}

    static let fields: [JSONField<RegistrationRequest>] = [
        .identityNumber(\.resident),
        JSONField("name", \.name, "The name, as on the identity card.", .text(1...100)),
        JSONField("phone", \.phone, "A phone in the resident's own name, 11 digits.", .text(11...11)),
    ]
}

/// Which batch a resident claims of.
struct OwnClaimRequest: JSONBody {
    var batch = BatchID.none

    init() {}

    static let fields: [JSONField<OwnClaimRequest>] = [JSONField("batch", \.batch, "The batch.")]
}

/// Which platform may not act for a resident any more.
struct OwnBindingRequest: JSONBody {
    var platform = ""

    init() {}

    static let fields: [JSONField<OwnBindingRequest>] = [.platform(\.platform)]
}

extension Endpoint {
    /// What residents do for themselves, signed in by phone.
    static let mine: [Endpoint] = [
        signing(
            "me/registrations", "register",
            "Register (实名注册): name, number and phone must go together, as whoever knows confirms.",
            tag: .mine
        ) { (asked: RegistrationRequest, request) in
            guard let check = request.outside.realName,
                try !check.isForPractice || request.isPractice()
            else { throw ServiceError.notFound(.realNameCheck, "") }
            try await request.registrations.register(
                ResidentDetails(name: asked.name, identityNumber: asked.resident, phone: asked.phone),
                from: request.address, confirmedBy: check)
            return (NoFields(), nil)
        }.lane(.claim),
        signing(
            "me/codes", "sendCode",
            "Send a resident a code; the answer is the same whether or not anybody is registered so.",
            tag: .mine
        ) { (asked: PhoneCodeRequest, request) in
            let gateway = try request.gateway()
            if let message = try request.residentSignIn.code(for: asked.resident, phone: asked.phone) {
                gateway.send(message)
            }
            return (NoFields(), nil)
        }.lane(.claim),
        signing("me/sign-in", "signInByPhone", "Sign in with the code that was sent.", tag: .mine) {
            (asked: PhoneSignInRequest, request) in
            let signIn = try request.residentSignIn.signIn(
                asked.resident, phone: asked.phone, code: asked.code
            ).get()
            return (PhoneSignInAnswer(signIn: signIn), .keep(signIn))
        }.lane(.claim),
        signing("me/sign-out", "signOutByPhone", "Sign out.", tag: .mine) { (_: NoFields, request) in
            try request.signOut()
            return (NoFields(), .forget)
        }.needing(.own).lane(.claim),
        list("me/vouchers", "listOwnVouchers", .mine, .own, "A resident's own vouchers, oldest first.") {
            request in
            try request.service.vouchers(of: try request.ownNumber())
        }.lane(.claim),
        post("me/claims", "claimOwn", .mine, .own, "Claim a voucher of a first-come batch.", creates: true) {
            (asked: OwnClaimRequest, request: APIRequest) in
            let receipt = try await request.service.issue(
                asked.batch, to: try request.ownNumber(), .firstCome, channel: APIRequest.ownChannel,
                request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.lane(.claim),
        ask(
            "me/vouchers/{voucher}/tokens", "mintOwnToken", .mine, .own,
            "Make what the page shows for the next minute (核销码)."
        ) { (_: NoFields, request: APIRequest) in
            try request.service.mint(try request.ownVoucher(), request.call)
        }.lane(.claim),
        post("me/vouchers/{voucher}/hand-back", "handBackOwn", .mine, .own, "Hand an unused voucher back.") {
            (_: NoFields, request: APIRequest) in
            let receipt = try await request.service.handBack(
                try request.path("voucher"), from: try request.ownNumber(), channel: APIRequest.ownChannel,
                request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.lane(.claim),
        list(
            "me/bindings", "listOwnBindings", .mine, .own,
            "The platforms whose accounts may act for the resident, who agreed to it."
        ) { request in
            try request.bindings.all(of: try request.ownIdentity())
        }.lane(.claim),
        post(
            "me/bindings/endings", "endOwnBinding", .mine, .own,
            "Let a platform's account act for the resident no more."
        ) { (asked: OwnBindingRequest, request: APIRequest) in
            let receipt = try await request.bindings.end(
                platform: asked.platform, of: try request.ownIdentity(), request.call)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.lane(.claim),
    ]
}

extension APIRequest {
    /// The identity number of the resident who asks.
    fileprivate func ownNumber() throws -> String {
        guard let resident = caller.resident, let details = try service.people.resident(resident) else {
            throw AccessRefusal.signedOut
        }
        return details.identityNumber
    }

    /// The channel of what residents do for themselves.
    fileprivate static let ownChannel = "me"

    /// What the vault finds the resident who asks by.
    fileprivate func ownIdentity() throws -> Digest128 {
        guard let resident = caller.resident else { throw AccessRefusal.signedOut }
        return resident
    }

    /// The voucher of the address, where it is the resident's own; of any other there is none.
    fileprivate func ownVoucher() throws -> VoucherID {
        let id: VoucherID = try path("voucher")
        guard try service.vouchers(of: try ownNumber()).contains(where: { $0.row.id == id }) else {
            throw missing(.voucher, id)
        }
        return id
    }
}
