import CBOR
import LedgerDomain
import LedgerStorage

/// How a terminal proves that it is itself, found by its number.
struct TerminalRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.terminal

    /// With which a key may be enrolled.
    var invitation: Invitation?
    /// The public key, a compressed point of P-256.
    var key: Octets?
    /// Day sessions of earlier generations are over.
    var generation: UInt64 = 0
    /// The event of the invitation or revocation that it rests on.
    var event: UInt64 = 0

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &invitation)
        try coder.field(1, &key)
        try coder.field(2, &generation)
        try coder.field(3, &event)
    }
}
