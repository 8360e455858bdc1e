import CBOR
import Cryptography
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage

/// How somebody signs in.
struct SignInRequest: JSONBody {
    var account = ""
    var password = ""
    var code = ""

    init() {}

    static let fields: [JSONField<SignInRequest>] = [
        JSONField("account", \.account, "The account.", .text(1...48)),
        JSONField("password", \.password, "The password.", .text(1...512)),
        JSONField("code", \.code, "The six digits that the authenticator shows.", .text(6...6)),
    ]
}

/// Another password.
struct PasswordRequest: JSONBody {
    var password = ""
    var code = ""
    var newPassword = ""

    init() {}

    static let fields: [JSONField<PasswordRequest>] = [
        JSONField("password", \.password, "The password until now.", .text(1...512)),
        JSONField("code", \.code, "The six digits that the authenticator shows.", .text(6...6)),
        JSONField(
            "newPassword", \.newPassword, "12 to 128 characters; several words are best.", .text(1...512)),
    ]
}

/// A password that is chosen with an invitation.
struct EnrolmentRequest: JSONBody {
    var account = ""
    var invitation = ""
    var password = ""

    init() {}

    static let fields: [JSONField<EnrolmentRequest>] = [
        JSONField("account", \.account, "The account.", .text(1...48)),
        JSONField("invitation", \.invitation, "The code that an administrator handed over.", .text(1...64)),
        JSONField("password", \.password, "12 to 128 characters; several words are best.", .text(1...512)),
    ]
}

/// The first code of a new authenticator.
struct ConfirmationRequest: JSONBody {
    var account = ""
    var invitation = ""
    var code = ""

    init() {}

    static let fields: [JSONField<ConfirmationRequest>] = [
        JSONField("account", \.account, "The account.", .text(1...48)),
        JSONField("invitation", \.invitation, "The same code as before.", .text(1...64)),
        JSONField("code", \.code, "The six digits that the authenticator shows.", .text(6...6)),
    ]
}

/// What an authenticator is set up with.
struct FactorAnswer: JSONObject {
    var factor: OneTimePassword
    var address: String

    static let fields: [JSONField<FactorAnswer>] = [
        JSONField(told: "secret", "To type into an authenticator; shown here and never again.") {
            $0.factor.text
        },
        JSONField(told: "address", "The same for a QR code (otpauth://).") { $0.address },
    ]
}

/// Who is signed in.
struct SignInAnswer: JSONObject {
    var account: String
    var roles: [Role]
    var forgeryToken: String
    var expiry: Instant?

    static let fields: [JSONField<SignInAnswer>] = [
        JSONField(told: "account", "The account.") { $0.account },
        JSONField(told: "roles", "What it is.") { $0.roles },
        JSONField(told: "forgeryToken", "What every change brings in X-CSRF-Token.") { $0.forgeryToken },
        JSONField(told: "expiry", "Until when at the latest.", isRequired: false) { $0.expiry },
    ]
}

extension OpenSignIn: JSONObject {
    static var schemaName: String { "SignIn" }
    static let fields: [JSONField<OpenSignIn>] = [
        JSONField(told: "signIn", "What it is told by; it opens nothing.") { $0.name },
        JSONField(told: "since", "Since when.") { $0.since },
        JSONField(told: "seenAt", "When it was used last, to a minute.") { $0.seenAt },
        JSONField(told: "expiry", "Until when at the latest.") { $0.expiry },
        JSONField(told: "isThis", "Whether it is the one that asks.") { $0.isAsking },
    ]
}

/// Which sign-ins are to end.
struct EndingRequest: JSONBody {
    var signIn: String?
    var code = ""

    init() {}

    static let fields: [JSONField<EndingRequest>] = [
        JSONField("signIn", \.signIn, "Which; all but this one unless told.", .text(16...16)),
        JSONField("code", \.code, "The six digits that the authenticator shows.", .text(6...6)),
    ]
}

/// How many sign-ins ended.
struct EndingAnswer: JSONObject {
    var ended: UInt64

    static let fields: [JSONField<EndingAnswer>] = [JSONField(told: "ended", "How many ended.") { $0.ended }]
}

extension GrantRoles: JSONBody {
    static let fields: [JSONField<GrantRoles>] = [
        JSONField(
            "roles", \.roles, "What the account is from now on, in the roles' order; nothing shuts it out.",
            .items(0...12)),
        JSONField("merchant", \.merchant, "Whose books a bookkeeper reads."),
        JSONField("outlet", \.outlet, "Where a cashier redeems."),
    ]
}

/// An account and what it is.
struct AccountDetails: JSONObject {
    var account: String
    var grant: Grant
    var isEnrolled: Bool

    static var schemaName: String { "Account" }
    static let fields: [JSONField<AccountDetails>] = [
        JSONField(told: "account", "The account.") { $0.account },
        JSONField(told: "roles", "What it is.") { $0.grant.roles },
        JSONField(told: "merchant", "Whose books it reads.", isRequired: false) {
            $0.grant.merchant == .none ? nil : $0.grant.merchant
        },
        JSONField(told: "outlet", "Where it redeems.", isRequired: false) {
            $0.grant.outlet == .none ? nil : $0.grant.outlet
        },
        JSONField(told: "isEnrolled", "Whether it has a password and a second factor.") { $0.isEnrolled },
    ]
}

/// A code to hand over.
struct InvitationAnswer: JSONObject {
    var event: UInt64
    var code: String
    var expiry: Instant

    static let fields: [JSONField<InvitationAnswer>] = [
        JSONField(told: "event", "The event that records it.") { $0.event },
        JSONField(told: "code", "To hand over; shown here and never again.") { $0.code },
        JSONField(told: "expiry", "Until when it is good.") { $0.expiry },
    ]
}

/// A cashier's PIN.
struct PINRequest: JSONBody {
    var pin = ""

    init() {}

    static let fields: [JSONField<PINRequest>] = [
        JSONField("pin", \.pin, "Six digits, not in a row and of more than two kinds.", .text(6...6))
    ]
}

extension AccessRow: JSONObject {
    static var schemaName: String { "AccessEvent" }
    static let fields: [JSONField<AccessRow>] = [
        JSONField(told: "event", "The event that records it.") { $0.event },
        JSONField(told: "instant", "When.") { $0.instant },
        JSONField(told: "kind", "What happened.") { $0.kind },
        JSONField(told: "by", "Who did it.") { $0.principal },
        JSONField(told: "account", "The account, key or terminal; empty where it is who did it.") {
            $0.account
        },
        JSONField(told: "about", "The roles, the operation or the reason.") { $0.about },
    ]
}

extension Endpoint {
    static let access: [Endpoint] = accounts + keys + atTerminals

    private static let accounts: [Endpoint] = [
        signing("sign-in", "signIn", "Sign in with a password and a second factor.") {
            (asked: SignInRequest, request) in
            let signIn = try await request.accounts.signIn(
                asked.account, password: asked.password, code: asked.code, from: request.address
            ).get()
            let grant = try request.service.state { $0.grants[asked.account] }
            return (
                SignInAnswer(
                    account: asked.account, roles: grant?.roles ?? [], forgeryToken: signIn.forgeryToken,
                    expiry: signIn.expiry), .keep(signIn)
            )
        },
        get("sign-in", "getSignIn", .access, .session, "Who is signed in.") { request in
            let account = request.caller.principal.name
            let grant = try request.service.state { $0.grants[account] }
            return SignInAnswer(
                account: account, roles: grant?.roles ?? [], forgeryToken: request.caller.forgeryToken ?? "")
        },
        signing("sign-out", "signOut", "Sign out.") { (_: NoFields, request) in
            try request.signOut()
            return (NoFields(), .forget)
        }.needing(.session).lane(.claim),
        list(
            "sign-ins", "listOwnSignIns", .access, .session,
            "Where the account is signed in, the latest use first."
        ) { request in
            try request.accounts.signIns(
                of: request.caller.principal.name, asking: request.caller.signIn)
        },
        signing(
            "sign-ins/endings", "endOwnSignIns",
            "Sign out elsewhere: one of the account's sign-ins, or all but this one."
        ) { (asked: EndingRequest, request) in
            let ended = try request.accounts.endSignIns(
                of: request.caller.principal.name, named: asked.signIn, asking: request.caller.signIn,
                code: asked.code, at: request.address
            ).get()
            for signIn in ended { request.reception.forget(signIn: signIn.digest, of: request.ledger) }
            return (EndingAnswer(ended: UInt64(ended.count)), nil)
        }.needing(.session),
        signing(
            "password", "changePassword", "Choose another password; every sign-in of the account is over."
        ) {
            (asked: PasswordRequest, request) in
            try await request.accounts.changePassword(
                of: request.caller.principal.name, from: asked.password, code: asked.code,
                to: asked.newPassword, at: request.address
            ).get()
            return (NoFields(), .forget)
        }.needing(.session),
        signing(
            "enrolments", "enrol", "Choose a password with an invitation and get a second factor's secret."
        ) { (asked: EnrolmentRequest, request) in
            let factor = try request.accounts.enrol(
                asked.account, invitation: asked.invitation, password: asked.password
            ).get()
            let address = factor.address(issuer: "Wenhui \(request.ledger)", account: asked.account)
            return (FactorAnswer(factor: factor, address: address), nil)
        },
        signing("enrolments/confirmation", "confirmEnrolment", "Show that the second factor works.") {
            (asked: ConfirmationRequest, request) in
            try await request.accounts.confirm(
                asked.account, invitation: asked.invitation, code: asked.code
            ).get()
            return (NoFields(), nil)
        },
        list("accounts", "listPeople", .access, .accounts, "Accounts and what they are.") { request in
            try request.service.state { $0.grants }.sorted { $0.key < $1.key }.map { account, grant in
                AccountDetails(
                    account: account, grant: grant, isEnrolled: try request.accounts.isEnrolled(account))
            }
        },
        command(
            GrantRoles.self, "accounts/{account}/roles", .access, .accounts,
            "Give an account its roles in place of those that it had; another administrator's, never one's own."
        ) { $0.account = try $1.path("account") },
        post(
            "accounts/{account}/invitations", "inviteAccount", .access, .accounts,
            "Let an account choose a password and a second factor, anew where it had them (重置).",
            creates: true
        ) { (_: NoFields, request: APIRequest) in
            let made = try await request.accounts.invite(try request.path("account"), request.call)
            return (
                InvitationAnswer(event: made.receipt.event, code: made.code, expiry: made.expiry),
                made.receipt.isReplay
            )
        },
        Endpoint(
            method: .get, path: "access-events", name: "listAccessEvents", tag: .access,
            summary: "What happened at the door, the latest first.", permission: .audit,
            query: QueryField.page,
            answer: .json({ Page<AccessRow>.schema(in: &$0) }, example: Page<AccessRow>.example),
            isChange: false
        ) { request in
            let window = try PageWindow(request)
            let before = window.offset == 0 ? UInt64(Int64.max) : UInt64(window.offset)
            let rows = try request.rows { (model) throws(StorageError) in
                try model.accessEvents(before: before, limit: window.limit + 1, request.ledger)
            }
            let page = Array(rows.prefix(window.limit))
            return .json(
                Page(page, next: rows.count > page.count ? page.last.map { "\($0.event)" } : nil),
                in: request.ledger)
        },
    ]

    /// Something at the door, before or after somebody is let in; a retry needs no key, for nothing moves.
    static func signing<Asked: JSONBody, Answer: JSONObject>(
        _ path: String, _ name: String, _ summary: String, tag: Tag = .access,
        _ body: @escaping @Sendable (Asked, APIRequest) async throws -> (Answer, SignInCookie?)
    ) -> Endpoint {
        Endpoint(
            method: .post, path: path, name: name, tag: tag, summary: summary, permission: nil,
            body: Asked.fields.isEmpty ? .none : .json({ Asked.schema(in: &$0) }, example: Asked.example),
            answer: .json({ Answer.schema(in: &$0) }, example: Answer.example), isChange: false, lane: .door
        ) { request in
            let asked = Asked.fields.isEmpty ? Asked() : try request.body(Asked.self)
            let (answer, cookie) = try await body(asked, request)
            return .json(answer, in: request.ledger, cookie: cookie)
        }
    }

    /// The same for whoever is let in and has this permission.
    func needing(_ permission: Permission) -> Endpoint { setting(\.permission, permission) }
}
