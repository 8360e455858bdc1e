import CBOR
import LedgerDomain
import LedgerStorage

/// The codes of vouchers that were sent last to a resident without a smart phone.
struct VoucherCodesRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.voucherCodes

    var codes: [Code] = []
    var pace = MessagePace()
    var tries: UInt64 = 0

    struct Code: CBORFields, Equatable {
        var voucher = VoucherID.none
        var digest = Octets()
        /// The token that it was exchanged for; `nil` until then.
        var token: Octets?

        init() {}

        mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &voucher)
            try coder.field(1, &digest)
            try coder.field(2, &token)
        }
    }

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &codes)
        try coder.field(1, &pace.sentAt)
        try coder.field(2, &tries)
        try coder.field(3, &pace.sent)
    }

    var recordExpiry: Instant? { pace.sentAt.adding(Instant.day) }
}
