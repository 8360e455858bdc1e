package import CBOR

/// What a programme asks of whoever takes its vouchers, beside limits.
package struct RuleClaims: CBORFields, Equatable, Sendable, Codable {
    /// Programmes of one scope exclude one another: who has a voucher of one gets none of another. `nil` for none.
    package var scope: String?
    /// The groups whose members take vouchers through a proxy only: minors, through a guardian.
    package var guarded: [String] = []
    /// For how many people one proxy may take vouchers.
    package var proxied: UInt32?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &scope)
        try coder.field(2, &guarded)
        try coder.field(3, &proxied)
    }
}
