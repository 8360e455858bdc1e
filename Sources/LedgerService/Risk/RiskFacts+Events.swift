import Cryptography
import LedgerDomain
import RedemptionTokens

extension RiskFacts {
    /// A credential is good for at most 7 days, and is held for up to 30 more until tills can have uploaded.
    static let uploadDays: Int32 = 38

    /// Takes the next event of the log.
    mutating func take(
        _ event: Event, number: UInt64, _ cutOff: Int64, _ state: LedgerState
    ) {
        func mark(_ amount: Amount, of merchant: MerchantID = .none) -> RiskMark {
            RiskMark(
                event: number, instant: event.instant, day: event.instant.businessDay(cutOff: cutOff),
                merchant: merchant, amount: amount)
        }
        let command = event.record.command
        if let refusal = event.record.refusal {
            guard let asked = state.askedSale(command), state.asksTooMuch(asked, refusal) else { return }
            abovePrices.append((asked.outlet, mark(.zero, of: state.outlets[asked.outlet].merchant)))
            return
        }
        switch command {
        case is Redeem, is Capture, is RedeemOffline:
            take(event.changes(number: number), of: command, cutOff, state)
        case let issue as Issue:
            guard let proxy = issue.claimant?.proxy else { return }
            let batch = state.batches[issue.batch]
            collected.append((.proxy(proxy), batch.programme, issue.pseudonym, mark(batch.face)))
        case let entry as EnterLottery:
            guard let proxy = entry.claimant?.proxy else { return }
            let programme = state.batches[entry.batch].programme
            collected.append((.proxy(proxy), programme, entry.pseudonym, mark(.zero)))
        case let asked as IssueCredential:
            guard let device = asked.signed?.claims.device else { return }
            let key = SHA256Digest.of(device.publicKey.compressed).hexadecimal.prefix(16)
            let voucher = state.vouchers[asked.voucher]
            collected.append(
                (
                    .phone(String(key)), state.batches[voucher.batch].programme,
                    state.people[voucher.person].pseudonym, mark(.zero)
                ))
        default: break
        }
    }

    private mutating func take(
        _ rows: [ReadModelChange], of command: any Operation, _ cutOff: Int64, _ state: LedgerState
    ) {
        var details: SaleDetails?
        for case .saleDetails(let row) in rows { details = row.details }
        for case .redemption(let row) in rows {
            // An offline till uploads in heaps what it sold over hours.
            let sold = (command as? RedeemOffline)?.occurredAt
            let mark = RiskMark(
                event: row.event, instant: sold ?? row.instant,
                day: sold?.businessDay(cutOff: cutOff) ?? row.day, merchant: row.merchant,
                amount: row.subsidy)
            let voucher = state.vouchers[row.voucher]
            let batch = state.batches[voucher.batch]
            sales.append(
                RiskSale(
                    mark: mark, outlet: row.outlet, terminal: row.terminal, cashier: details?.cashier,
                    person: state.people[voucher.person].pseudonym, bill: row.bill,
                    threshold: state.rule(of: batch).threshold(of: batch.face), expiry: voucher.expiry))
            let items = details?.items ?? []
            // The ledger refuses such a sale; a till that was offline may have made it.
            if items.contains(where: { $0.paid > $0.listed }) { abovePrices.append((row.outlet, mark)) }
            // Such a till may also have said what nobody can have paid.
            for item in items where item.paid <= .limit {
                prices.append(
                    RiskPrice(
                        mark: mark, outlet: row.outlet, item: item.code ?? item.name, paid: item.paid))
            }
        }
    }
}

/// A sale as it was asked for.
private struct AskedSale {
    var outlet: OutletID
    var voucher: VoucherID
    var items: [SaleItem]

    init(_ outlet: OutletID, _ voucher: VoucherID, _ details: SaleDetails?) {
        (self.outlet, self.voucher, items) = (outlet, voucher, details?.items ?? [])
    }
}

extension LedgerState {
    /// The sale that a command asks for, at an outlet of this ledger.
    fileprivate func askedSale(_ command: any Operation) -> AskedSale? {
        let asked: AskedSale
        switch command {
        case let sale as Redeem: asked = AskedSale(sale.outlet, sale.voucher, sale.details)
        case let sale as Authorise: asked = AskedSale(sale.outlet, sale.voucher, sale.details)
        case let sale as RedeemOffline: asked = AskedSale(sale.outlet, sale.voucher, sale.details)
        case let sale as Capture:
            guard authorisations.contains(sale.authorisation) else { return nil }
            let hold = authorisations[sale.authorisation]
            asked = AskedSale(hold.outlet, hold.voucher, sale.details)
        default: return nil
        }
        return outlets.contains(asked.outlet) ? asked : nil
    }

    /// Whether a sale was refused because it asks for more than the listed price.
    fileprivate func asksTooMuch(_ asked: AskedSale, _ refusal: Refusal) -> Bool {
        if refusal == .aboveListedPrice { return true }
        guard refusal == .listedPriceDiffers, vouchers.contains(asked.voucher),
            let goods = rule(of: batches[vouchers[asked.voucher].batch]).goods,
            let listed = catalogues.first(where: { $0.name == goods.catalogue })?.items
        else { return false }
        // A till with an old, lower list is wrong too, but nobody gains by it.
        return asked.items.contains { item in
            item.code.flatMap { listed[$0] }.map { item.listed > $0.listed } ?? false
        }
    }
}
