package import Cryptography

/// The ledger's secret that typed codes are made and checked with; only the ledger itself can.
///
/// A guess is right once in 33 million (three codes of 10⁸ count at a time), so whoever asks must be allowed
/// few wrong ones.
package struct TypedCodeKey: Sendable {
    private let authenticator: MessageAuthenticator

    /// Derives the key from the ledger's secret, with the hash of its profile.
    package init(_ secret: SecretKey, profile: CryptographicProfile = .international) {
        authenticator = MessageAuthenticator(
            key: secret.derived(for: "wenhui typed code v1", profile: profile), profile: profile)
    }

    /// The code of a voucher for a half minute.
    package func code(for voucher: VoucherReference, in slot: TimeSlot) -> TypedCode {
        let message = voucher.packed.bigEndianBytes + slot.rawValue.bigEndianBytes
        let mac = authenticator.code(message, domain: .typedCode)
        let value = mac.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return TypedCode(
            voucher: voucher.number, code: UInt32(value % UInt64(TypedCode.codes.upperBound)))
    }

    /// The half minute that a code was made for, where it is this one, the one before, or the next one when
    /// that begins within ``TokenPolicy/skew``; `nil` for a wrong code. Takes the same time for every code.
    ///
    /// - Parameters:
    ///   - ledger: the ledger in which the code is typed.
    ///   - now: seconds since 1970.
    package func slot(
        of code: TypedCode, ledger: UInt32, now: Int64, skew: Int64 = TokenPolicy().skew
    ) -> TimeSlot? {
        guard let voucher = VoucherReference(ledger: ledger, number: code.voucher) else { return nil }
        let current = TimeSlot(at: now)
        let next = TimeSlot(at: now + skew)
        let previous = TimeSlot(at: now - TimeSlot.length)
        var found: TimeSlot?
        for slot in [next, previous, current] where self.code(for: voucher, in: slot) == code {
            found = slot
        }
        return found
    }
}
