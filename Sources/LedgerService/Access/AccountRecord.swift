import CBOR
import LedgerDomain
import LedgerStorage

/// How an account proves that it is itself; its roles are the ledger's business.
struct AccountRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.account

    /// By scrypt; `nil` until one is chosen.
    var password: String?
    /// The second factor's secret, sealed.
    var secret: Octets?
    /// The step of the code that was used last; no code is taken twice.
    var usedStep: Int64 = 0
    /// Whether the second factor has been shown to work.
    var isConfirmed = false
    /// With which a password may be chosen.
    var invitation: Invitation?
    /// Sign-ins of earlier generations are over.
    var generation: UInt64 = 0
    /// The event of the invitation that it rests on.
    var event: UInt64 = 0
    /// Where it is signed in, the latest last: the digests that sign-ins are found by.
    var signIns: [Octets]?

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &password)
        try coder.field(1, &secret)
        try coder.field(2, &usedStep)
        try coder.field(3, &isConfirmed)
        try coder.field(4, &invitation)
        try coder.field(5, &generation)
        try coder.field(6, &event)
        try coder.field(7, &signIns)
    }
}
