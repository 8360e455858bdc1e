package import CBOR
package import LedgerDomain

/// What the vault keeps of an attestation (认定), sealed: who looked at which papers, and how long it holds.
package struct AttestedGroup: CBORFields, Equatable, Sendable {
    package var group = ""
    package var until = Instant(microseconds: 0)
    package var attestor = Principal.system
    /// What was looked at, such as a certificate's number.
    package var evidence = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &group)
        try coder.field(2, &until)
        try coder.field(3, &attestor)
        try coder.field(4, &evidence)
    }
}
