import CBOR
import LedgerDomain
import LedgerStorage

/// A nonce that a terminal has sent, for as long as its signature would be good.
struct NonceRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.nonce

    var expiry = Instant(microseconds: 0)

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &expiry)
    }

    var recordExpiry: Instant? { expiry }
}
