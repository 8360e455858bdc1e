package import Cryptography

/// The ledger's secret that paper vouchers are printed and recognised with; only the ledger itself can.
///
/// A serial has 53 bits, few enough to try them all, so what the ledger publishes of it is a MAC.
package struct PaperKey: Sendable {
    private let authenticator: MessageAuthenticator

    /// Derives the key from the ledger's secret, with the hash of its profile.
    package init(_ secret: SecretKey, profile: CryptographicProfile = .international) {
        authenticator = MessageAuthenticator(
            key: secret.derived(for: "wenhui paper voucher v1", profile: profile), profile: profile)
    }

    /// The paper of a voucher; the same `occasion` gives the same paper, another one another.
    ///
    /// - Parameter occasion: what tells one printing from the next, such as the digest of the idempotency key.
    package func paper(for voucher: VoucherReference, _ occasion: [UInt8]) -> PaperVoucher? {
        let mac = authenticator.code(voucher.packed.bigEndianBytes + occasion, domain: .paperSerial)
        let value = mac.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return PaperVoucher(voucher: voucher, serial: value % PaperVoucher.serials.upperBound)
    }

    /// The sixteen bytes that the ledger publishes of a paper: it recognises the paper and cannot print it.
    package func commitment(to paper: PaperVoucher) -> [UInt8] {
        let message = paper.voucher.packed.bigEndianBytes + paper.serial.bigEndianBytes
        return Array(authenticator.code(message, domain: .paperCommitment).prefix(16))
    }
}
