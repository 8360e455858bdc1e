import CBOR
import LedgerDomain
import LedgerStorage

/// A county's payment profile, as it was written.
struct PaymentProfileRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.paymentProfile

    /// The YAML, up to 4,000 bytes.
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
