package import CBOR

/// What a resident's phone holds to pay offline: the issuer's word that this device may spend from this
/// voucher, for some days and up to a cap.
package struct VoucherCredential: TokenClaims {
    /// From here on it is good for nothing, in seconds since 1970.
    package let expiry: Int64
    /// When it was issued, in seconds since 1970.
    package let issuedAt: Int64
    /// What presentations and revocation lists name it by.
    package let id: TokenID
    /// The key that every presentation is signed with.
    package let device: DeviceKey
    package let voucher: VoucherReference
    /// The most that a presentation can be for, in fen.
    package let cap: UInt32
    /// The number of the rule that applies, a programme's in one version, so that a till knows it without asking.
    package let programme: UInt32

    /// The longest that a credential may be good, in seconds: seven days.
    package static let longestLife: Int64 = 7 * 86_400

    /// `nil` where the life is not positive or over ``longestLife``.
    package init?(
        voucher: VoucherReference, programme: UInt32, id: TokenID, device: DeviceKey, cap: UInt32,
        issuedAt: Int64, expiry: Int64
    ) {
        guard (0..<1 << 39).contains(issuedAt), VoucherCredential.isLife(from: issuedAt, to: expiry) else {
            return nil
        }
        self.expiry = expiry
        self.issuedAt = issuedAt
        self.id = id
        self.device = device
        self.voucher = voucher
        self.cap = cap
        self.programme = programme
    }

    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginMap(count: 7)
        encoder.write(integer: ClaimLabel.expiry)
        encoder.write(integer: expiry)
        encoder.write(integer: ClaimLabel.issuedAt)
        encoder.write(integer: issuedAt)
        encoder.write(integer: ClaimLabel.id)
        id.encode(to: &encoder)
        encoder.write(integer: ClaimLabel.confirmation)
        device.encode(to: &encoder)
        encoder.write(integer: ClaimLabel.voucher)
        voucher.encode(to: &encoder)
        encoder.write(integer: ClaimLabel.cap)
        encoder.write(unsigned: UInt64(cap))
        encoder.write(integer: ClaimLabel.programme)
        encoder.write(unsigned: UInt64(programme))
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterMap(of: 7)
        try decoder.read(label: ClaimLabel.expiry)
        let place = decoder.place
        expiry = try decoder.readSeconds()
        try decoder.read(label: ClaimLabel.issuedAt)
        issuedAt = try decoder.readSeconds()
        guard VoucherCredential.isLife(from: issuedAt, to: expiry) else { throw .outOfRange(offset: place) }
        try decoder.read(label: ClaimLabel.id)
        id = try TokenID(from: &decoder)
        try decoder.read(label: ClaimLabel.confirmation)
        device = try DeviceKey(from: &decoder)
        try decoder.read(label: ClaimLabel.voucher)
        voucher = try VoucherReference(from: &decoder)
        try decoder.read(label: ClaimLabel.cap)
        cap = try decoder.readInteger(as: UInt32.self)
        try decoder.read(label: ClaimLabel.programme)
        programme = try decoder.readInteger(as: UInt32.self)
        decoder.leave()
    }

    private static func isLife(from issuedAt: Int64, to expiry: Int64) -> Bool {
        issuedAt < expiry && expiry <= issuedAt + longestLife
    }
}
