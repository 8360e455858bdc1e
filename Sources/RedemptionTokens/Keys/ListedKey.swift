package import CBOR

/// A key as the key list has it: exactly one algorithm, one key, one window and one purpose (DESIGN §7).
package struct ListedKey: Hashable, Sendable {
    /// What headers name it by; it follows from the key.
    package let id: TokenKeyID
    package let publicKey: TokenPublicKey
    /// It signs nothing before this time, in seconds since 1970.
    package let notBefore: Int64
    /// Nothing that it signed is good from this time on, in seconds since 1970.
    package let notAfter: Int64
    package let status: Status
    package let purpose: Purpose

    /// `nil` where the window is empty or not in the time after 1970.
    package init?(
        _ publicKey: TokenPublicKey, notBefore: Int64, notAfter: Int64, status: Status,
        purpose: Purpose = .issuer
    ) {
        guard notBefore >= 0, notBefore < notAfter, notAfter < 1 << 40 else { return nil }
        id = TokenKeyID(of: publicKey)
        self.publicKey = publicKey
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.status = status
        self.purpose = purpose
    }

    /// How far a key has come; it never goes back.
    package enum Status: Hashable, Sendable {
        /// Tills learn it, and nothing is signed with it yet.
        case published
        case active
        /// What it signed stays good to the end of its window; nothing more is signed with it.
        case retired
        /// Nothing that it ever signed is good any more; since when, in seconds since 1970.
        case revoked(at: Int64)

        /// The number that stands for it in lists, the same as in the ledger's events.
        var number: UInt64 {
            switch self {
            case .published: 1
            case .active: 2
            case .retired: 3
            case .revoked: 4
            }
        }
    }

    /// What a key may sign.
    package enum Purpose: UInt8, Hashable, Sendable, CBORCodable {
        /// Tokens and credentials.
        case issuer = 1
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension ListedKey: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginMap(count: status.number == 4 ? 8 : 7)
        encoder.write(integer: 1)
        id.encode(to: &encoder)
        encoder.write(integer: 2)
        encoder.write(integer: publicKey.algorithm.rawValue)
        encoder.write(integer: 3)
        encoder.write(bytes: publicKey.bytes)
        encoder.write(integer: 4)
        encoder.write(integer: notBefore)
        encoder.write(integer: 5)
        encoder.write(integer: notAfter)
        encoder.write(integer: 6)
        encoder.write(unsigned: status.number)
        encoder.write(integer: 7)
        purpose.encode(to: &encoder)
        if case .revoked(let instant) = status {
            encoder.write(integer: 8)
            encoder.write(integer: instant)
        }
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let malformed = decoder.unexpectedKey
        let count = try decoder.enterMap()
        guard count == 7 || count == 8 else { throw malformed }
        try decoder.read(label: 1)
        let place = decoder.place
        id = try TokenKeyID(from: &decoder)
        publicKey = try ListedKey.readKey(from: &decoder)
        guard id == TokenKeyID(of: publicKey) else { throw .outOfRange(offset: place) }
        try decoder.read(label: 4)
        let window = decoder.place
        notBefore = try decoder.readSeconds()
        try decoder.read(label: 5)
        notAfter = try decoder.readSeconds()
        guard notBefore < notAfter else { throw .outOfRange(offset: window) }
        try decoder.read(label: 6)
        let mismatch = decoder.unexpectedKey
        let number = try decoder.readUnsigned()
        try decoder.read(label: 7)
        purpose = try Purpose(from: &decoder)
        switch (number, count) {
        case (1, 7): status = .published
        case (2, 7): status = .active
        case (3, 7): status = .retired
        case (4, 8):
            try decoder.read(label: 8)
            status = .revoked(at: try decoder.readSeconds())
        default: throw mismatch
        }
        decoder.leave()
    }

    private static func readKey(from decoder: inout CBORDecoder) throws(CBORError) -> TokenPublicKey {
        try decoder.read(label: 2)
        let mismatch = decoder.unexpectedKey
        guard let algorithm = TokenAlgorithm(rawValue: try decoder.readInteger()) else { throw mismatch }
        try decoder.read(label: 3)
        let place = decoder.place
        guard let key = TokenPublicKey(algorithm, bytes: try decoder.readBytes()) else {
            throw .outOfRange(offset: place)
        }
        return key
    }
}
