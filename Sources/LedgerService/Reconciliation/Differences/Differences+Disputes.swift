import CBOR
import Cryptography
package import LedgerDomain

extension Differences {
    /// What a merchant does not agree with, and what became of it; what was disputed first at the beginning.
    package func disputes(of merchant: MerchantID) throws(ServiceError) -> [Difference] {
        let counterparty = disputant(merchant)
        return try list().filter { $0.kind == .dispute && $0.counterparty == counterparty }
    }

    /// What a merchant is called as a counterparty.
    private func disputant(_ merchant: MerchantID) -> String { "商户 \(merchant.text(in: service.ledger))" }

    /// Opens a difference for a line of a merchant's statement that the merchant does not agree with (争议).
    ///
    /// - Parameter claimed: what the merchant says it is owed for the event; `nil` where it says no amount.
    package func dispute(
        _ event: UInt64, by merchant: MerchantID, claimed: Amount?, _ text: String, _ call: Call
    ) throws(ServiceError) -> Difference {
        guard text.isText(upTo: 200) else { throw .invalid("Say in 1 to 200 bytes what is wrong.") }
        guard claimed.map({ $0 >= .zero && $0 <= .limit }) ?? true else {
            throw .invalid("What is claimed is 0 to \(Amount.limit.yuan) yuan.")
        }
        guard let line = try service.statementLine(event, of: merchant) else {
            throw .invalid(
                "Event \(event) is no line of the statement of merchant \(merchant.text(in: service.ledger))."
            )
        }
        let name = merchant.text(in: service.ledger)
        let id = Octets(SHA256Digest.of(Array("wenhui-dispute/1 \(name) \(event)".utf8)))
        let now = call.instant ?? service.now
        try records.change(DifferenceRecord.self, id.bytes, at: now) { record in
            guard record == nil else { return }
            record = DifferenceRecord.with {
                ($0.counterparty, $0.kind) = (disputant(merchant), .dispute)
                $0.reference = line.order ?? ""
                ($0.firstRun, $0.lastRun, $0.found, $0.seen) = (event, event, now, now)
                $0.ledger = Difference.Side.with {
                    ($0.amount, $0.day, $0.line) = (line.subsidy, line.day, event)
                }
                $0.statement = claimed.map { claimed in
                    Difference.Side.with { ($0.amount, $0.day) = (claimed, line.day) }
                }
            }
        }
        let opened = try find(id.bytes.hexadecimal)
        try note(text, on: opened, call)
        return try find(id.bytes.hexadecimal)
    }
}
