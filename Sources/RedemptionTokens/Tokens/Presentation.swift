package import CBOR

/// What a resident's phone signs to pay offline: one amount at one outlet, now.
///
/// The header's key ID is the credential's ID. Two presentations of one credential with the same counter and
/// different contents prove a double spend to anybody.
package struct Presentation: TokenClaims {
    /// One more than in the presentation before.
    package let counter: UInt32
    package let slot: TimeSlot
    /// In fen.
    package let amount: UInt32
    /// The number of the outlet whose code the phone has scanned.
    package let outlet: UInt32

    package init(counter: UInt32, slot: TimeSlot, amount: UInt32, outlet: UInt32) {
        self.counter = counter
        self.slot = slot
        self.amount = amount
        self.outlet = outlet
    }

    /// Whether `signature` is the device's of this presentation of `credential`: what the log keeps of a sale made
    /// offline is enough to convict with.
    package func isSigned(_ signature: [UInt8], for credential: VoucherCredential) -> Bool {
        let key = TokenPublicKey.es256(credential.device.publicKey)
        let message = COSESign1(
            cborBytes, key.algorithm, TokenKeyID(of: credential.id), signature: signature)
        return message.verify(with: key) == .valid
    }

    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginMap(count: 4)
        encoder.write(integer: ClaimLabel.counter)
        encoder.write(unsigned: UInt64(counter))
        encoder.write(integer: ClaimLabel.slot)
        slot.encode(to: &encoder)
        encoder.write(integer: ClaimLabel.amount)
        encoder.write(unsigned: UInt64(amount))
        encoder.write(integer: ClaimLabel.outlet)
        encoder.write(unsigned: UInt64(outlet))
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterMap(of: 4)
        try decoder.read(label: ClaimLabel.counter)
        counter = try decoder.readInteger(as: UInt32.self)
        try decoder.read(label: ClaimLabel.slot)
        slot = try TimeSlot(from: &decoder)
        try decoder.read(label: ClaimLabel.amount)
        amount = try decoder.readInteger(as: UInt32.self)
        try decoder.read(label: ClaimLabel.outlet)
        outlet = try decoder.readInteger(as: UInt32.self)
        decoder.leave()
    }
}
