import Cryptography
package import LedgerDomain

/// A machine's key as it is shown once: `whk_370782_practice_0123456789abcdef_` and 64 digits that nobody can guess.
///
/// It says its ledger, and whether that is a practice ledger, so that a test key in a live system is told at once.
package struct AccessKey: Sendable {
    package let text: String
    package let ledger: LedgerCode
    package let id: KeyID

    /// - Parameter secret: 32 bytes that nobody can guess.
    init(_ ledger: LedgerCode, isPractice: Bool, id: KeyID, secret: [UInt8]) {
        self.ledger = ledger
        self.id = id
        let kind = isPractice ? "practice" : "live"
        text = "whk_\(ledger)_\(kind)_\(id.bytes.hexadecimal)_\(secret.hexadecimal)"
    }

    /// Reads a key strictly; `nil` for every text that could not have been made.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].elementsEqual("whk".utf8),
            let ledger = LedgerCode(text: String(parts[1]) ?? ""),
            parts[2].elementsEqual("practice".utf8) || parts[2].elementsEqual("live".utf8),
            parts[3].count == 16, parts[3].allSatisfy(AccessKey.isDigit),
            let id = [UInt8](hexadecimal: Substring(parts[3])).flatMap(KeyID.init),
            parts[4].count == 64, parts[4].allSatisfy(AccessKey.isDigit)
        else { return nil }
        self.text = text
        self.ledger = ledger
        self.id = id
    }

    /// What the office keeps of it.
    var digest: [UInt8] { SHA256Digest.of(Array(text.utf8)) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
