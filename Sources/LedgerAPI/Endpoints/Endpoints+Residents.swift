import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension JSONField {
    static func resident(_ path: any WritableKeyPath<Owner, String> & Sendable) -> JSONField {
        JSONField(
            "resident", path,
            "The resident's identity number (GB 11643), or a platform's account that acts for them: platform:account.",
            .text(3...97))
    }

    static func identityNumber(_ path: any WritableKeyPath<Owner, String> & Sendable) -> JSONField {
        JSONField("resident", path, "The resident's identity number (GB 11643).", .text(18...18))
    }

    static func channel(_ path: any WritableKeyPath<Owner, String?> & Sendable) -> JSONField {
        JSONField(
            "channel", path, "Where it is asked for; the platform of the account unless told.", .text(1...32))
    }

    static func proxy(_ path: any WritableKeyPath<Owner, String?> & Sendable) -> JSONField {
        JSONField(
            "proxy", path, "Who claims for the resident: a guardian's or an assistant's identity number.",
            .text(18...18))
    }
}

/// Whom it is about; in the body, for addresses are written into logs.
struct ResidentRequest: JSONBody {
    var resident = ""

    init() {}

    static let fields: [JSONField<ResidentRequest>] = [.resident(\.resident)]
}

/// Whom to erase or to see, and why.
struct ReasonedRequest: JSONBody {
    var resident = ""
    var reason = ""

    init() {}

    static let fields: [JSONField<ReasonedRequest>] = [
        .identityNumber(\.resident),
        JSONField(
            "reason", \.reason, "A request, an order or what is being looked into; no name.", .text(1...200)),
    ]
}

/// A resident in clear.
struct RevealedResident: JSONObject {
    var event: UInt64
    var details: ResidentDetails

    static let fields: [JSONField<RevealedResident>] = [
        JSONField(told: "event", "The event that records the look.") { $0.event },
        JSONField(told: "name", "The name.") { $0.details.name },
        JSONField(told: "phone", "The phone; empty where there is none.") { $0.details.phone },
    ]
}

extension AttestedGroup: JSONObject {
    static let fields: [JSONField<AttestedGroup>] = [
        JSONField(told: "group", "The group.") { $0.group },
        JSONField(told: "until", "From when on it does not hold any more.") { $0.until },
        JSONField(told: "attestor", "Who says so.") { $0.attestor },
    ]
}

/// What is shown of a resident.
struct ResidentDetailsAnswer: JSONObject {
    var name: String
    var phone: String
    var groups: [AttestedGroup]
    var vouchers: [VoucherView]

    static var schemaName: String { "Resident" }
    static let fields: [JSONField<ResidentDetailsAnswer>] = [
        JSONField(told: "name", "The family name alone: 张**.") { $0.name },
        JSONField(told: "phone", "The last four digits alone; empty where there is none.") { $0.phone },
        JSONField(told: "groups", "The groups that the resident belongs to now.") { $0.groups },
        JSONField(told: "vouchers", "The resident's vouchers, oldest first.") { $0.vouchers },
    ]
}

extension ImportSummary: JSONObject {
    static let fields: [JSONField<ImportSummary>] = [
        JSONField(told: "rows", "How many rows were taken.") { UInt32(clamping: $0.count) },
        JSONField(told: "wasImported", "Whether this very file had been taken before; then nothing changed.")
        {
            $0.wasImported
        },
    ]
}

/// How many were attested.
struct AttestationSummary: JSONObject {
    var count: Int

    static let fields: [JSONField<AttestationSummary>] = [
        JSONField(told: "rows", "How many rows were taken.") { UInt32(clamping: $0.count) }
    ]
}

extension Endpoint {
    static let residents: [Endpoint] = [
        upload(
            "residents/imports", "importResidents", .residents, .residents,
            "Register residents: all rows or none; the same file again changes nothing.",
            file: "CSV with the columns id_number, name, phone.", query: [.preview]
        ) { request in
            try await request.service.importResidents(
                try ResidentFile(request.body, practice: try request.isPractice()), bytes: request.body,
                isPreview: try request.isPreview, request.call)
        },
        upload(
            "residents/attestations", "attestGroups", .residents, .residents,
            "Attest what groups residents belong to: all rows or none.",
            file: "CSV with the columns id_number, group, until, evidence."
        ) { request in
            AttestationSummary(
                count: try request.service.attest(
                    try AttestationFile(request.body, practice: try request.isPractice()), request.call))
        },
        ask(
            "residents/lookup", "lookUpResident", .residents, .residents,
            "A resident's groups and vouchers, personal data masked."
        ) { (asked: ResidentRequest, request: APIRequest) in
            let service = request.service
            let number = try request.resident(asked.resident).number
            guard let resident = try service.people.resident(number) else {
                throw ServiceError.notFound(.resident, masked(number))
            }
            return ResidentDetailsAnswer(
                name: String(resident.name.prefix(1)) + "**",
                phone: resident.phone.isEmpty ? "" : "*******" + resident.phone.suffix(4),
                groups: try service.groups(of: number, at: service.now),
                vouchers: try service.vouchers(of: number))
        },
        ask(
            "residents/sign-outs", "endSignIns", .residents, .residents,
            "End every sign-in of a resident: a phone was lost."
        ) { (asked: ResidentRequest, request: APIRequest) in
            try request.residentSignIn.endAll(of: try request.resident(asked.resident).number)
            return NoFields()
        },
        post(
            "residents/reveals", "revealResident", .residents, .reveal,
            "A resident's personal data in clear, for a reason; the look is recorded first."
        ) { (asked: ReasonedRequest, request: APIRequest) in
            let (details, receipt) = try await request.service.reveal(
                asked.resident, because: asked.reason, request.call)
            return (RevealedResident(event: receipt.event, details: details), receipt.isReplay)
        },
        post(
            "residents/erasures", "eraseResident", .residents, .erase,
            "Delete a resident's personal data for good; the log and every balance stay as they are."
        ) { (asked: ReasonedRequest, request: APIRequest) in
            let receipt = try await request.service.erase(
                asked.resident, because: asked.reason, request.call)
            try request.bindings.forget(asked.resident)
            try request.risks.forget(asked.resident)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        },
    ]
}

extension QueryField {
    static let preview = QueryField.field("preview", Bool.self, "true to check every row and take none.")
}

extension APIRequest {
    var isPreview: Bool {
        get throws {
            switch query["preview"] {
            case nil, "false": false
            case "true": true
            default: throw FieldFault("preview", Bool.expectation)
            }
        }
    }
}
