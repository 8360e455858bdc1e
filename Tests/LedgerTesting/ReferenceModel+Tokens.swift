import CBOR
import LedgerDomain

// Key lists, and tokens that are good once.
extension ReferenceModel {
    mutating func predict(_ asked: PublishKeys) throws(Refusal) -> NoFields {
        let given = Dictionary(asked.keys.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let isWellFormed =
            (1...64).contains(asked.keys.count) && asked.keys.map(\.id) == given.keys.sorted()
            && asked.keys.allSatisfy {
                $0.notBefore < $0.notAfter && (1...256).contains($0.publicKey.bytes.count)
                    && ($0.revokedAt == nil) == ($0.status != .revoked)
            }
        let keepsAll = issuerKeys.values.allSatisfy { known in
            given[known.id].map { follows($0, known) } ?? false
        }
        let fresh = asked.keys.filter { issuerKeys[$0.id] == nil }
        let isEarly = issuerKeys.isEmpty || fresh.allSatisfy { $0.status == .published }
        try refuse([
            (.keyListOutOfOrder, asked.sequence != keyLists + 1),
            (.keyListInvalid, !isWellFormed || !keepsAll || !isEarly),
        ])
        issuerKeys = given
        keyLists += 1
        return NoFields()
    }

    private func follows(_ new: IssuerKey, _ old: IssuerKey) -> Bool {
        var same = new
        (same.status, same.notAfter) = (old.status, old.notAfter)
        if old.revokedAt == nil { same.revokedAt = nil }
        let order: [IssuerKey.Status] = [.published, .active, .retired, .revoked]
        let steps = (order.firstIndex(of: old.status) ?? 9, order.firstIndex(of: new.status) ?? -1)
        let isTooEarly = old.status == .published && new.status == .active && now < new.notBefore
        return same == old && new.notAfter <= old.notAfter && steps.1 >= steps.0 && !isTooEarly
    }

    /// What speaks against a token.
    func doubts(_ token: TokenUse?, _ voucher: VoucherID) -> [(Refusal, Bool)] {
        guard let token else { return [] }
        let second: Int64 = 1_000_000
        let isGood =
            token.key.map { id in
                guard let key = issuerKeys[id] else { return false }
                return [.active, .retired].contains(key.status) && key.notBefore <= now && now < key.notAfter
            } ?? true
        return [
            (.tokenKeyNotGood, !isGood),
            (.tokenExpired, now >= token.expiry.adding(5 * second)),
            (.tokenTooEarly, token.expiry > now.adding(65 * second)),
            (
                .tokenUsed,
                tokens.contains {
                    $0.voucher == voucher && $0.id == token.id && now < $0.expiry.adding(5 * second)
                }
            ),
        ]
    }

    mutating func use(_ token: TokenUse?, _ voucher: VoucherID) {
        if let token { tokens.insert(ModelToken(voucher: voucher, id: token.id, expiry: token.expiry)) }
    }
}
