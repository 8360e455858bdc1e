package import CBOR

/// What a resident's page shows for a minute: one use of one voucher, decided by the ledger at the till.
///
/// It names no resident. Its ID is good once.
package struct OnlineToken: TokenClaims {
    /// From here on it is good for nothing, in seconds since 1970.
    package let expiry: Int64
    /// What makes a second use a replay, together with the voucher.
    package let id: TokenID
    package let voucher: VoucherReference

    /// How long every token is good, in seconds; so it need not say when it was issued.
    package static let lifetime: Int64 = 60
    /// What its text begins with, before base45.
    package static let prefix = "WH1:"

    /// A token that is issued now, in seconds since 1970.
    package init(voucher: VoucherReference, id: TokenID, issuedAt: Int64) {
        precondition((0..<1 << 39).contains(issuedAt), "not a time in seconds since 1970")
        expiry = issuedAt + OnlineToken.lifetime
        self.id = id
        self.voucher = voucher
    }

    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginMap(count: 3)
        encoder.write(integer: ClaimLabel.expiry)
        encoder.write(integer: expiry)
        encoder.write(integer: ClaimLabel.id)
        id.encode(to: &encoder)
        encoder.write(integer: ClaimLabel.voucher)
        voucher.encode(to: &encoder)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterMap(of: 3)
        try decoder.read(label: ClaimLabel.expiry)
        expiry = try decoder.readSeconds()
        try decoder.read(label: ClaimLabel.id)
        id = try TokenID(from: &decoder)
        try decoder.read(label: ClaimLabel.voucher)
        voucher = try VoucherReference(from: &decoder)
        decoder.leave()
    }
}

extension SignedClaims<OnlineToken> {
    /// What the QR code says: 178 characters with Ed25519, which fit version 7 at level M.
    package var text: String { OnlineToken.prefix + Base45.encode(bytes) }
}
