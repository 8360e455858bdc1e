import Cryptography
import LedgerDomain

/// What is published of a lottery in `lottery.json`; digests and seeds in hexadecimal digits, amounts in fen.
package struct LotteryRecord: Codable, Equatable, Sendable {
    /// The version of this format.
    package static let format = "wenhui-lottery/1"

    /// One of those who made the chance, in the order in which they reveal.
    package struct Party: Codable, Equatable, Sendable {
        package var name: String
        package var commitment: String
        package var seed: String?
    }

    package var format = LotteryRecord.format
    package var ledger: UInt32
    package var batch: UInt32
    package var face: Int64
    package var quota: UInt32
    package var entries: Int
    /// The root of the tree over the entries' marks (RFC 6962 §2.1).
    package var root: String
    package var parties: [Party]
    package var draw: String?
    package var winners: Int?
    package var isVoid: Bool

    init(
        ledger: LedgerCode, batch: BatchID, face: Amount, quota: UInt32, lottery: Lottery, root: Octets
    ) {
        self.ledger = ledger.rawValue
        self.batch = batch.rawValue
        self.face = face.fen
        self.quota = quota
        entries = lottery.entrants.count
        self.root = root.bytes.hexadecimal
        parties = lottery.parties.map {
            Party(
                name: $0.principal.name, commitment: ($0.commitment ?? Octets()).bytes.hexadecimal,
                seed: $0.seed?.bytes.hexadecimal)
        }
        draw = lottery.draw?.bytes.hexadecimal
        winners = draw == nil ? nil : lottery.outcomes.count { $0 != .open }
        isVoid = lottery.isVoid
    }
}
