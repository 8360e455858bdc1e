import CBOR
import Cryptography
import LedgerDomain
import LedgerService

/// A terminal's new key.
struct TerminalEnrolment: JSONBody {
    var terminal = ""
    var code = ""
    var publicKey = Octets()
    var signature = Octets()

    init() {}

    static let fields: [JSONField<TerminalEnrolment>] = [
        JSONField("terminal", \.terminal, "The terminal's serial.", .text(1...200)),
        JSONField("code", \.code, "The code that was handed over.", .text(1...64)),
        JSONField("publicKey", \.publicKey, "Its P-256 public key, compressed, 66 digits."),
        JSONField(
            "signature", \.signature,
            "r and s of ECDSA with SHA-256, 128 digits, of four lines, each ended by a line feed: wenhui terminal enrolment, the ledger's code, the serial, the code."
        ),
    ]
}

/// A terminal that opens its day.
struct DaySessionRequest: JSONBody {
    var terminal = ""
    var at = Instant(microseconds: 0)
    var nonce = ""
    var cashier: String?
    var pin: String?
    var signature = Octets()

    init() {}

    static let fields: [JSONField<DaySessionRequest>] = [
        JSONField("terminal", \.terminal, "The terminal's serial.", .text(1...200)),
        JSONField("at", \.at, "The terminal's clock, at most five minutes off."),
        JSONField("nonce", \.nonce, "Random, never sent before.", .text(16...64)),
        JSONField(
            "cashier", \.cashier, "The cashier's account; the terminal works for itself without.",
            .text(1...48)),
        JSONField("pin", \.pin, "The cashier's PIN.", .text(6...6)),
        JSONField(
            "signature", \.signature,
            "As for an enrolment, of six lines: wenhui day session, the ledger's code, the serial, at in the ledger's form (2018-06-01T10:00:00+08:00), nonce, cashier or nothing."
        ),
    ]
}

/// What requests of the day are signed with.
struct DaySessionAnswer: JSONObject {
    var session: DaySession
    var secret: [UInt8]

    static let fields: [JSONField<DaySessionAnswer>] = [
        JSONField(told: "keyID", "What requests give as keyid.") { $0.session.name },
        JSONField(told: "secret", "The key of hmac-sha256, 64 digits; kept nowhere.") { Octets($0.secret) },
        JSONField(told: "expiry", "Until when at the latest.") { $0.session.expiry },
    ]
}

/// What a record of the door came to.
struct AccessAnswer: JSONObject {
    var event: UInt64
    var instant: Instant

    init(_ receipt: Receipt<RecordAccess>) { (event, instant) = (receipt.event, receipt.instant) }

    static let fields: [JSONField<AccessAnswer>] = [
        JSONField(told: "event", "The event that records it.") { $0.event },
        JSONField(told: "instant", "When.") { $0.instant },
    ]
}

extension Endpoint {
    static let atTerminals: [Endpoint] = [
        post(
            "terminals/{terminal}/invitations", "inviteTerminal", .access, .terminals,
            "Let a terminal enrol a key, in the place of the one that it had.", creates: true
        ) { (_: NoFields, request: APIRequest) in
            let made = try await request.terminals.invite(try request.path("terminal"), request.call)
            return (
                InvitationAnswer(event: made.receipt.event, code: made.code, expiry: made.expiry),
                made.receipt.isReplay
            )
        },
        post(
            "terminals/{terminal}/revocations", "revokeTerminal", .access, .terminals,
            "Shut a terminal out: its key and its day sessions are no good any more."
        ) { (_: NoFields, request: APIRequest) in
            let receipt = try await request.terminals.revoke(try request.path("terminal"), request.call)
            return (AccessAnswer(receipt), receipt.isReplay)
        },
        post(
            "accounts/{account}/pins", "setPIN", .access, .terminals,
            "Give a cashier a PIN for the terminals of their outlet."
        ) { (asked: PINRequest, request: APIRequest) in
            let receipt = try await request.terminals.setPIN(
                asked.pin, of: try request.path("account"), request.call)
            return (AccessAnswer(receipt), receipt.isReplay)
        },
        signing(
            "terminals/enrolments", "enrolTerminal",
            "Enrol a terminal's key with the code that was handed over."
        ) { (asked: TerminalEnrolment, request) in
            try await request.terminals.enrol(
                asked.terminal, code: asked.code, key: asked.publicKey.bytes,
                signature: asked.signature.bytes
            ).get()
            return (NoFields(), nil)
        }.lane(.terminal),
        signing(
            "terminals/sessions", "openDaySession",
            "Open a terminal's day, for a cashier by PIN; its requests are signed with the secret (RFC 9421)."
        ) { (asked: DaySessionRequest, request) in
            guard (asked.cashier == nil) == (asked.pin == nil) else {
                throw FieldFault(
                    "pin", Sentence("收银员与 PIN 须同时填写", "a cashier and a PIN come together"))
            }
            let cashier = asked.cashier.flatMap { account in asked.pin.map { (account, $0) } }
            let (session, secret) = try await request.terminals.open(
                asked.terminal, at: asked.at, nonce: asked.nonce, cashier: cashier,
                signature: asked.signature.bytes
            ).get()
            return (DaySessionAnswer(session: session, secret: secret), nil)
        }.lane(.terminal),
    ]
}
