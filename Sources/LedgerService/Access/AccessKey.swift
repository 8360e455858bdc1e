import Cryptography
package import LedgerDomain

/// A machine's key as it is shown once: `whk_370782_practice_0123456789abcdef_` and 64 digits that nobody can guess.
///
/// It says its ledger, and whether that is a practice ledger, so that a test key in a live system is told at once.
package struct AccessKey: Sendable {
    package let ledger: LedgerCode
    package let isPractice: Bool
    package let id: KeyID
    private let secret: [UInt8]

    init(_ ledger: LedgerCode, isPractice: Bool) {
        self.ledger = ledger
        self.isPractice = isPractice
        id = KeyID(SecureRandom.number())
        secret = SecureRandom.bytes(32)
    }

    /// Reads a key strictly; `nil` for every text that ``text`` would not have written.
    package init?(_ text: String) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 5, let ledger = LedgerCode(text: parts[1]),
            let id = [UInt8](hexadecimal: parts[3]).flatMap(KeyID.init),
            let secret = [UInt8](hexadecimal: parts[4]), secret.count == 32
        else { return nil }
        self.ledger = ledger
        isPractice = parts[2] == "practice"
        self.id = id
        self.secret = secret
        guard self.text == text else { return nil }
    }

    package var text: String {
        "whk_\(ledger)_\(isPractice ? "practice" : "live")_\(id.bytes.hexadecimal)_\(secret.hexadecimal)"
    }

    /// What the office keeps of it.
    var digest: [UInt8] { SHA256Digest.of(Array(text.utf8)) }
}
