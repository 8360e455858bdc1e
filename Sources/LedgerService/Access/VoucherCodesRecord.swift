import CBOR
import LedgerDomain
import LedgerStorage

/// The codes of vouchers that were sent last to a resident without a smart phone.
struct VoucherCodesRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.voucherCodes

    var codes: [Code] = []
    /// Where the resident stands; the codes are good there.
    var outlet = OutletID.none
    var pace = MessagePace()
    var tries: UInt64 = 0

    struct Code: CBORFields, Equatable {
        var voucher = VoucherID.none
        var digest = Octets()
        /// The token that it was exchanged for; `nil` until then.
        var token: Octets?
        /// When it was.
        var exchangedAt: Instant?

        init() {}

        mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &voucher)
            try coder.field(1, &digest)
            try coder.field(2, &token)
            try coder.field(3, &exchangedAt)
        }
    }

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &codes)
        try coder.field(1, &pace.sentAt)
        try coder.field(2, &tries)
        try coder.field(3, &pace.sent)
        try coder.field(4, &outlet)
    }

    var recordExpiry: Instant? { pace.sentAt.adding(Instant.day) }
}
