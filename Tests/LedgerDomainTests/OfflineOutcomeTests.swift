import LedgerDomain
import LedgerTesting
import Testing

/// What must come out of selling without a network, counted from the events alone: neither the ledger's own sums nor
/// the reference model's are asked.
@Suite("What offline sales may cost")
struct OfflineOutcomeTests {
    private struct Account: Hashable {
        /// The event that issued the credential: an ID may come again once it is forgotten.
        var credential: Int
        var merchant: MerchantID
    }

    private struct Sale {
        var account: Account
        var isAbsorbed: Bool
    }

    private struct Ledger {
        /// How many events there were.
        var size = 0
        /// The credential issued last under an ID, by its event, and its cap.
        var caps: [KeyID: (event: Int, cap: Int64)] = [:]
        var sales: [RedemptionID: Sale] = [:]
        /// What each merchant keeps of each credential.
        var kept: [Account: Int64] = [:]
        /// What the programmes have paid for conflicts and not had back.
        var absorbed: Int64 = 0
        var conflicts = 0

        mutating func count(_ event: Event) {
            defer { size += 1 }
            switch event.record {
            case let record as Record<IssueCredential>:
                if case .success = record.verdict {
                    caps[record.operation.id] = (size, record.operation.cap.fen)
                }
            case let record as Record<RedeemOffline>:
                guard case .success(let accepted) = record.verdict else { return }
                sell(record.operation, accepted)
            case let record as Record<Refund>:
                guard case .success(let accepted) = record.verdict,
                    let sale = sales[record.operation.redemption]
                else { return }
                takeBack(accepted.subsidy, of: sale)
            case let record as Record<ApproveCorrection>:
                guard case .success(let accepted) = record.verdict, let sale = sales[accepted.redemption]
                else { return }
                takeBack(accepted.subsidy, of: sale)
            case let record as Record<LedgerDomain.Issue>:
                guard case .success(let accepted) = record.verdict else { return }
                absorbed -= accepted.setOff?.shares.total.fen ?? 0
            default: break
            }
        }

        private mutating func takeBack(_ subsidy: FundShares, of sale: Sale) {
            kept[sale.account, default: 0] -= subsidy.total.fen
            if sale.isAbsorbed { absorbed -= subsidy.total.fen }
        }

        private mutating func sell(_ sale: RedeemOffline, _ accepted: RedeemOffline.Accepted) {
            let account = Account(
                credential: caps[sale.id]?.event ?? 0, merchant: accepted.terms.merchant)
            let subsidy = accepted.terms.subsidy.total.fen
            let isAbsorbed = accepted.absorbedBy != nil
            #expect(subsidy <= sale.given.fen && subsidy <= sale.amount.fen && subsidy <= sale.bill.fen)
            #expect(!(sale.isOnline && isAbsorbed), "a till that asked is never paid by the programme")
            kept[account, default: 0] += subsidy
            #expect(kept[account, default: 0] <= caps[sale.id]?.cap ?? 0, "a merchant keeps at most the cap")
            sales[accepted.terms.redemption] = Sale(account: account, isAbsorbed: isAbsorbed)
            if isAbsorbed {
                absorbed += subsidy
                conflicts += 1
            }
        }
    }

    @Test("No merchant keeps more than a cap, and what programmes paid is what people owe")
    func outcomes() throws {
        let conflicts = try (UInt64(200)..<212).map(conflicts(seed:)).reduce(0, +)
        #expect(conflicts >= 20, "too few conflicts to show anything: \(conflicts)")
    }

    /// Plays a random season; returns how many conflicts there were.
    private func conflicts(seed: UInt64) throws -> Int {
        var generator = CommandGenerator(seed: seed)
        var model = ReferenceModel()
        var state = LedgerState()
        var ledger = Ledger()
        for index in 0..<4_000 {
            let given = generator.next(model)
            _ = model.reply(to: given.command, at: given.clock, by: given.principal)
            let key = Digest128(high: UInt64(index), low: seed)
            let event = decide(
                given.command, state, at: given.clock, by: given.principal, key: key, payload: key)
            try apply(event, to: &state)
            ledger.count(event)
            let owed = state.people.storage.reduce(0) { $0 + $1.debt.fen }
            #expect(ledger.absorbed == owed, "seed \(seed), command \(index)")
        }
        return ledger.conflicts
    }
}
