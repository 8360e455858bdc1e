import Cryptography
import LedgerDomain
package import LedgerService

/// A request that was let in: for which ledger, by whom, with what.
package struct APIRequest: Sendable {
    package let service: LedgerService
    package let caller: Caller
    /// Who lets people in.
    package let reception: Reception
    /// Whom the server asks beyond itself.
    package let outside: Outside
    /// `Idempotency-Key`; empty where nothing is changed.
    package let key: String
    package let path: [String: String]
    package let query: [String: String]
    /// The address of whoever asks, for counting failures.
    let address: String
    package let body: [UInt8]
    /// `Content-Type` as it came; empty where there was none.
    let contentType: String
    /// The event that a stream goes on from: the one behind `Last-Event-ID`.
    let resumedFrom: UInt64?
    /// `If-Match`: the entity tags of what was seen.
    let ifMatch: String?
    /// What must still hold when the ledger decides.
    var expectation: (@Sendable (LedgerState) -> Bool)?

    package init(
        _ service: LedgerService, by caller: Caller, at reception: Reception,
        outside: Outside = Outside(), from address: String = "", key: String, path: [String: String] = [:],
        query: [String: String] = [:], body: [UInt8] = [], contentType: String = "",
        lastEventID: String? = nil,
        ifMatch: String? = nil
    ) {
        self.ifMatch = ifMatch
        resumedFrom = lastEventID.flatMap { UInt64($0) }.map { $0 &+ 1 }
        self.service = service
        self.caller = caller
        self.reception = reception
        self.outside = outside
        self.address = address
        self.key = key
        self.path = path
        self.query = query
        self.body = body
        self.contentType = contentType
    }

    var ledger: LedgerCode { service.ledger }

    /// What is given to the ledger's use cases.
    ///
    /// Residents are one principal in the log, which names nobody: their keys are kept apart here. A terminal's keys
    /// stay its own when its cashiers change.
    var call: Call {
        if let terminal = caller.terminal {
            return Call(
                caller.principal, key: key, owner: "till \(terminal.text(in: ledger))",
                expecting: expectation)
        }
        return Call(
            caller.principal, key: key, owner: caller.resident.map { "resident \($0.bytes.hexadecimal)" },
            expecting: expectation)
    }

    var accounts: Accounts { Accounts(service, reception.office) }
    var terminals: Terminals { Terminals(service, reception.office) }
    var residentSignIn: ResidentSignIn { ResidentSignIn(service, reception.office) }
    var registrations: Registrations { Registrations(service, reception.office) }
    var bindings: Bindings { Bindings(service, reception.office) }
    var voucherCodes: VoucherCodes { VoucherCodes(service, reception.office) }
    var paymentProfiles: PaymentProfiles { PaymentProfiles(service, reception.office) }
    var reportDuties: ReportDuties { ReportDuties(service, reception.office) }
    var differences: Differences { Differences(service, reception.office) }
    var risks: Risks { Risks(service, reception.office) }
    var dailyBatches: DailyBatches { DailyBatches(service, reception.office) }

    /// Ends the sign-in by which they came.
    func signOut() throws {
        guard let signIn = caller.signIn else { return }
        try accounts.signOut(signIn)
        reception.forget(signIn: signIn, of: ledger)
    }

    /// A value of the address.
    func path<Value: JSONScalar>(_ name: String) throws -> Value where Value.Raw == String {
        guard let text = path[name], let value = Value(raw: text, in: ledger) else {
            throw FieldFault(name, Value.expectation)
        }
        return value
    }

    /// A number of the address.
    func number<Value: FixedWidthInteger & JSONScalar>(_ name: String) throws -> Value {
        guard let text = path[name], text.first != "+", let value = Value(text) else {
            throw FieldFault(name, Value.expectation)
        }
        return value
    }

    /// A value behind `?`; `nil` where it is left out.
    func query<Value: JSONScalar>(_ name: String) throws -> Value? where Value.Raw == String {
        guard let text = query[name] else { return nil }
        guard let value = Value(raw: text, in: ledger) else { throw FieldFault(name, Value.expectation) }
        return value
    }

    /// The body as an object.
    func body<Value: JSONReadable>(_ type: Value.Type = Value.self) throws -> Value {
        try readJSON(Value.self, body, in: ledger)
    }
}

extension APIRequest {
    /// Something that the address names and the ledger does not have.
    func missing<Entity: Numbered>(_ kind: NamedKind, _ id: Identifier<Entity>) -> ServiceError {
        .notFound(kind, id.text(in: ledger))
    }

    /// Where messages go.
    ///
    /// - Throws: where no gateway is set up, or only one for practice.
    func gateway() throws -> MessageDispatch {
        guard let gateway = outside.messages, try !gateway.isForPractice || isPractice() else {
            throw ServiceError.notFound(.messageGateway, "")
        }
        return gateway
    }

    /// Whether the ledger is marked 演练.
    func isPractice() throws -> Bool { try service.state { $0.profile?.practice ?? false } }
}
