import CBOR
import LedgerDomain
import LedgerStorage

/// What a county writes down of how it works, as data: one file of each name, the last one written.
struct OfficeDocuments {
    /// Stored, so that a number never changes.
    enum Name: UInt8 {
        case paymentProfile = 0
        case reportCalendar
        case riskRules
    }

    /// The most bytes one may have.
    static let sizeLimit = 4_000

    private let records: OfficeRecords

    init(_ office: any Office, _ ledger: LedgerCode) {
        records = OfficeRecords(office: office, ledger: ledger)
    }

    /// The file as it was written, with who wrote it; `nil` where nobody has.
    func text(
        of name: Name, at now: Instant
    ) throws(ServiceError) -> (text: String, by: Principal, at: Instant)? {
        try records.find(OfficeDocumentRecord.self, [name.rawValue], at: now)
            .map { ($0.text, $0.principal, $0.instant) }
    }

    /// Puts a file in place of the one there was; whoever calls has read it and found it right.
    func keep(
        _ bytes: [UInt8], as name: Name, by principal: Principal, at instant: Instant
    ) throws(ServiceError) {
        guard bytes.count <= OfficeDocuments.sizeLimit, let text = String(validating: bytes, as: UTF8.self)
        else {
            throw .invalid("Such a file is UTF-8 and has at most \(OfficeDocuments.sizeLimit) bytes.")
        }
        try records.change(OfficeDocumentRecord.self, [name.rawValue], at: instant) { record in
            record = OfficeDocumentRecord.with {
                ($0.text, $0.principal, $0.instant) = (text, principal, instant)
            }
        }
    }
}

/// A file as it was written.
private struct OfficeDocumentRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.document

    /// YAML, up to ``OfficeDocuments/sizeLimit`` bytes.
    var text = ""
    /// Who put it there, and when.
    var principal = Principal.system
    var instant = Instant(microseconds: 0)

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &text)
        try coder.field(1, &principal)
        try coder.field(2, &instant)
    }
}
