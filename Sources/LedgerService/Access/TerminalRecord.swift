import CBOR
import LedgerDomain
import LedgerStorage

/// How a terminal proves that it is itself, found by its number.
struct TerminalRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.terminal

    /// The digest of a code with which a key may be enrolled, and until when.
    var invitation: Octets?
    var invitationExpiry: Instant?
    /// The public key, a compressed point of P-256.
    var key: Octets?
    /// Day sessions of earlier generations are over.
    var generation: UInt64 = 0
    /// The event of the invitation or revocation that it rests on.
    var event: UInt64 = 0

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &invitation)
        try coder.field(1, &invitationExpiry)
        try coder.field(2, &key)
        try coder.field(3, &generation)
        try coder.field(4, &event)
    }
}

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
