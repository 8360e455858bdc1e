package import LedgerDomain
package import LedgerStorage
package import StatementFormats

/// A payee with what it is owed and why it is not paid, where that is so.
package struct PayeeView: Sendable {
    package var id: PayeeID
    package var creditCode: String
    /// The name that its account is held in; `nil` once it is erased.
    package var name: String?
    /// The account's last four digits, for who has to tell accounts apart.
    package var accountEnd: String?
    package var bankCode: String
    package var owed: Amount
    /// Why nothing is paid now.
    package var hold: PayeeHold?
    /// The change of its account that waits for a second person.
    package var change: PayeeChangeView?
    /// Where it would be paid then: the name, and the account's last four digits.
    package var newName: String?
    package var newAccountEnd: String?
}

/// Why a payee is not paid now.
package enum PayeeHold: Sendable, Equatable {
    /// Somebody holds its money, for this reason.
    case held(reason: String, by: Principal, since: Instant)
    /// Its bank account is being changed.
    case accountChange(evidence: String, since: Instant)
    /// Merchants that it is paid for are suspended or blacklisted: their part waits.
    case merchants([MerchantID])

    /// The reason as a merchant reads it.
    package func sentence(in ledger: LedgerCode) -> Sentence {
        switch self {
        case .held(let reason, _, _): Sentence("款项暂缓支付：\(reason)", "held: \(reason)")
        case .accountChange:
            Sentence("收款账户变更待审批", "the change of its bank account waits for approval")
        case .merchants(let merchants):
            Sentence(
                "商户已暂停或列入黑名单：\(merchants.map { $0.text(in: ledger) }.joined(separator: "、"))",
                "suspended or blacklisted: \(merchants.map { $0.text(in: ledger) }.joined(separator: ", "))")
        }
    }
}

extension LedgerService {
    /// Every payee (收款方), with what holds it.
    package func payees() throws(ServiceError) -> [PayeeView] {
        let (merchants, holds, changes) = try query { (model) throws(StorageError) in
            (try model.merchants(ledger), try model.payeeHolds(ledger), try model.payeeChanges(ledger))
        }
        let owed = try state { state in state.payees.storage.map(\.balances.total) }
        var views: [PayeeView] = []
        for (id, group) in Dictionary(grouping: merchants, by: \.row.payee).sorted(by: { $0.key < $1.key }) {
            guard let first = group.first else { continue }
            let account = try people.text(first.row.account)
            let last = holds.last { $0.payee == id }
            let change = changes.last { $0.row.payee == id && $0.status == .proposed }
            let newAccount = try change.map { view throws(ServiceError) in try people.text(view.row.account) }
            let stopped = group.filter { $0.status != .active }.map(\.row.id)
            var view = PayeeView(
                id: id, creditCode: first.row.payeeCreditCode, name: try people.text(first.row.payeeName),
                accountEnd: account.map { String($0.suffix(4)) }, bankCode: first.row.bankCode,
                owed: Int(id.rawValue) <= owed.count ? owed[Int(id.rawValue) - 1] : .zero, change: change)
            view.newAccountEnd = (newAccount ?? nil).map { String($0.suffix(4)) }
            view.newName =
                try change.map { view throws(ServiceError) in try people.text(view.row.name) } ?? nil
            if let last, last.isHeld {
                view.hold = .held(reason: last.reason, by: last.principal, since: last.instant)
            } else if let change {
                view.hold = .accountChange(evidence: change.row.evidence, since: change.row.instant)
            } else if !stopped.isEmpty {
                view.hold = .merchants(stopped)
            }
            views.append(view)
        }
        return views
    }

    /// Proposes another bank account for a payee; the account in clear goes to the vault.
    package func proposeChange(
        of payee: PayeeID, to account: PayeeAccount, evidence: String, _ call: Call
    ) async throws(ServiceError) -> Receipt<ProposePayeeChange> {
        if let earlier = try earlierCommand(call) as? ProposePayeeChange {
            // An attempt seals anew; the same change asked for again is the one that was asked for first.
            let (name, number) = (try people.text(earlier.name), try people.text(earlier.account))
            let isSame =
                earlier.payee == payee && name == account.name && number == account.account
                && earlier.bankCode == account.bankCode && earlier.evidence == evidence
            if isSame { return try await perform(earlier, call) }
        }
        let (name, number) = (try people.commit(account.name), try people.commit(account.account))
        let proposal = ProposePayeeChange.with {
            ($0.payee, $0.name, $0.account) = (payee, name.commitment, number.commitment)
            ($0.bankCode, $0.evidence) = (account.bankCode, evidence)
        }
        if case .failure = try state({ decision(on: proposal, $0, call) }) {
            // It will be refused, on record; nothing is kept of the account.
            return try await perform(proposal, call)
        }
        do {
            try people.vault.store(
                [name, number], file: PersonalData.payeeChanges, at: call.instant ?? now, ledger: ledger)
        } catch {
            throw .storage(error)
        }
        return try await perform(proposal, call)
    }
}

extension FundBalances {
    /// What all funds come to.
    fileprivate var total: Amount { entries.reduce(.zero) { $0 + $1.amount } }
}
