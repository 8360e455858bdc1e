import CBOR
import Cryptography
import LedgerDomain

/// A code that lets an account or a terminal enrol once, as the office keeps it: its digest, and until when.
struct Invitation: CBORFields, Equatable {
    private var digest = Octets()
    private var expiry = Instant(microseconds: 0)

    init() {}

    init(_ code: String, until expiry: Instant) {
        digest = Octets(SHA256Digest.of(Array(code.utf8)))
        self.expiry = expiry
    }

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &digest)
        try coder.field(1, &expiry)
    }

    /// Whether it is of this code, and still good.
    func isOf(_ code: String, at now: Instant) -> Bool {
        now < expiry && digest.bytes == SHA256Digest.of(Array(code.utf8))
    }
}
