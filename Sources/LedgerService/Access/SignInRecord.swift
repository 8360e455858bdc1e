import CBOR
import LedgerDomain
import LedgerStorage

/// Somebody who is signed in, found by the digest of what their browser or phone shows.
struct SignInRecord: OfficeContent, Sendable {
    static let kind = OfficeRecord.Kind.signIn

    /// Empty for a resident.
    var account = ""
    var resident: Octets?
    var generation: UInt64 = 0
    /// When it was used last, to a minute.
    var seenAt = Instant(microseconds: 0)
    var expiry = Instant(microseconds: 0)

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &account)
        try coder.field(1, &resident)
        try coder.field(2, &generation)
        try coder.field(3, &seenAt)
        try coder.field(4, &expiry)
    }

    var recordExpiry: Instant? { expiry }
}
