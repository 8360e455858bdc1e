package import AuditLog
import Cryptography

/// The arithmetic of a draw (摇号), which anyone can do again from what is published (DESIGN §4).
///
/// Numbers are four bytes, pseudonyms eight, all big-endian. Nothing of the log goes in: its root could be ground.
package enum LotteryDraw {
    /// The bytes of a seed, a commitment, a mark, a root and a draw.
    package static let length = 32

    private static let entryTag = Array("wenhui/lottery-entry/1\0".utf8)
    private static let drawTag = Array("wenhui/lottery-draw/1\0".utf8)

    /// What a party publishes before anyone enters: SHA-256(seed).
    package static func commitment(to seed: Octets) -> Octets { Octets(SHA256Digest.of(seed.bytes)) }

    /// What the published list says of an entrant: a digest from which nobody learns the pseudonym.
    package static func mark(_ ledger: LedgerCode, _ batch: BatchID, _ pseudonym: Pseudonym) -> Octets {
        Octets(
            SHA256Digest.of(
                entryTag + bytes(ledger.rawValue) + bytes(batch.rawValue) + bytes(pseudonym.rawValue)))
    }

    /// The leaf of an entry in the tree over the numbered list (RFC 6962 §2.1); its index is the number less one.
    package static func leaf(_ mark: Octets) -> TreeHash { .leaf(mark.bytes) }

    /// SHA-256(tag ‖ ledger ‖ batch ‖ root of the entries ‖ all seeds in the parties' order).
    package static func draw(
        _ ledger: LedgerCode, _ batch: BatchID, root: Octets, seeds: [Octets]
    ) -> Octets {
        Octets(
            SHA256Digest.of(
                drawTag + bytes(ledger.rawValue) + bytes(batch.rawValue) + root.bytes
                    + seeds.flatMap(\.bytes)))
    }

    /// The numbers of those who win, the first drawn first: ascending by SHA-256(draw ‖ number).
    ///
    /// - Parameters:
    ///   - entries: how many entries there are, numbered from 1.
    ///   - places: how many of them win at most.
    package static func winners(_ draw: Octets, entries: Int, places: Int) -> [UInt32] {
        var ranked = (0..<entries).map { index in
            Rank(
                digest: SHA256Digest(of: draw.bytes + bytes(UInt32(index + 1))).words,
                number: UInt32(index + 1))
        }
        ranked.sort()
        return ranked.prefix(max(0, places)).map(\.number)
    }

    private struct Rank: Comparable {
        var digest: (UInt64, UInt64, UInt64, UInt64)
        var number: UInt32

        static func == (left: Rank, right: Rank) -> Bool {
            left.digest == right.digest && left.number == right.number
        }
        static func < (left: Rank, right: Rank) -> Bool {
            left.digest == right.digest ? left.number < right.number : left.digest < right.digest
        }
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
