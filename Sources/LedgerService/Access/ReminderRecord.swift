import CBOR
import LedgerDomain
import LedgerStorage

/// How far residents have been told of vouchers that expire.
struct ReminderRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.reminder

    /// Vouchers that expire up to then have been told of.
    var through = Instant(microseconds: 0)

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &through)
    }
}
