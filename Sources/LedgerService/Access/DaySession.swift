package import CBOR
import Cryptography
package import LedgerDomain

/// A terminal's working day: its name says whose it is and until when, and its secret is derived from the name, so that
/// nothing of it is kept.
package struct DaySession: Equatable, Sendable {
    var terminal = TerminalID.none
    var generation: UInt64 = 0
    /// From then on it signs nothing.
    package var expiry = Instant(microseconds: 0)
    /// The cashier's account; empty where the terminal works for itself.
    var cashier = ""
    /// The event of the PIN that was shown.
    var cashierGeneration: UInt64 = 0
    var nonce = Octets()

    package init() {}

    /// The name that requests give as `keyid`: base 64 (RFC 4648 §4).
    package var name: String { cborBytes.base64 }

    /// Reads a name strictly; `nil` for every text that could not have been made.
    init?(name: String) {
        guard let bytes = [UInt8](base64: name.utf8), let session = try? DaySession(cborBytes: bytes) else {
            return nil
        }
        self = session
    }
}

extension DaySession: CBORFields {
    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &terminal)
        try coder.field(1, &generation)
        try coder.field(2, &expiry)
        try coder.field(3, &cashier)
        try coder.field(4, &cashierGeneration)
        try coder.field(5, &nonce)
    }
}

/// A request's signature as it was sent (RFC 9421), with the base that it must be of.
package struct SignedMessage: Equatable, Sendable {
    package var keyID: String
    package var created: Instant
    /// RFC 9421 §2.5, as the server sees the request.
    package var base: [UInt8]
    package var signature: [UInt8]

    package init(keyID: String, created: Instant, base: [UInt8], signature: [UInt8]) {
        self.keyID = keyID
        self.created = created
        self.base = base
        self.signature = signature
    }

    /// How far a request's clock may be from the ledger's.
    package static let tolerance = 5 * Instant.minute
}
