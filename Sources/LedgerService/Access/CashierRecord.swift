import CBOR
import LedgerDomain
import LedgerStorage

/// A cashier's PIN, found by the account.
struct CashierRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.cashier

    /// By scrypt: six digits are few, so that whoever has the file must not try them quickly.
    var pin = ""
    /// The event that set it; day sessions that were opened with an earlier one are over.
    var event: UInt64 = 0

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &pin)
        try coder.field(1, &event)
    }
}
