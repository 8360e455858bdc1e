import Cryptography
import LedgerDomain
import LedgerStorage
import RedemptionTokens
import StatementFormats

extension LedgerService {
    /// What the events of some business days say, as far as risks are told from it.
    func riskFacts(from: BusinessDay, through: BusinessDay) throws(ServiceError) -> RiskFacts {
        let range = try events(from: from, through: through)
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        var facts = RiskFacts()
        var next = range.lowerBound
        while next < range.upperBound {
            let page = try eventPage(from: next, before: range.upperBound)
            let first = next
            try state { state in
                for (offset, event) in page.enumerated() {
                    let day = event.instant.businessDay(cutOff: cutOff)
                    facts.take(event, number: first + UInt64(offset), on: day, state)
                }
            }
            next += UInt64(page.count)
        }
        return facts
    }
}

extension RiskFacts {
    /// Takes the next event of the log.
    fileprivate mutating func take(
        _ event: Event, number: UInt64, on day: BusinessDay, _ state: LedgerState
    ) {
        let command = event.record.command
        if let refusal = event.record.refusal {
            guard refusal == .aboveListedPrice || refusal == .listedPriceDiffers,
                let outlet = command.outletOfSale, state.outlets.contains(outlet)
            else { return }
            let mark = RiskMark(
                event: number, instant: event.instant, day: day, merchant: state.outlets[outlet].merchant,
                amount: .zero)
            abovePrices.append((outlet, mark))
            return
        }
        switch command {
        case is Redeem, is Capture, is RedeemOffline: take(event.changes(number: number), of: command, state)
        case let issue as Issue:
            collect(issue.claimant?.proxy, issue.pseudonym, event, number, day, state.face(of: issue.batch))
        case let entry as EnterLottery:
            collect(entry.claimant?.proxy, entry.pseudonym, event, number, day, .zero)
        case let asked as IssueCredential:
            guard let device = asked.signed?.claims.device else { return }
            let key = SHA256Digest.of(device.publicKey.compressed).hexadecimal.prefix(16)
            let mark = RiskMark(
                event: number, instant: event.instant, day: day, merchant: .none, amount: .zero)
            collected.append((.phone(String(key)), state.holder(of: asked.voucher), mark))
        default: break
        }
    }

    private mutating func take(
        _ rows: [ReadModelChange], of command: any Operation, _ state: LedgerState
    ) {
        var details: SaleDetails?
        for case .saleDetails(let row) in rows { details = row.details }
        for case .redemption(let row) in rows {
            // An offline till uploads in heaps what it sold over hours.
            let sold = (command as? RedeemOffline)?.occurredAt ?? row.instant
            let mark = RiskMark(
                event: row.event, instant: sold, day: row.day, merchant: row.merchant, amount: row.subsidy)
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
            for item in items {
                prices.append(
                    RiskPrice(
                        mark: mark, outlet: row.outlet, item: item.code ?? item.name, paid: item.paid))
            }
        }
    }

    private mutating func collect(
        _ proxy: Pseudonym?, _ person: Pseudonym, _ event: Event, _ number: UInt64, _ day: BusinessDay,
        _ face: Amount
    ) {
        guard let proxy else { return }
        let mark = RiskMark(event: number, instant: event.instant, day: day, merchant: .none, amount: face)
        collected.append((.proxy(proxy), person, mark))
    }
}

extension LedgerState {
    fileprivate func face(of batch: BatchID) -> Amount { batches[batch].face }

    fileprivate func holder(of voucher: VoucherID) -> Pseudonym {
        people[vouchers[voucher].person].pseudonym
    }
}

extension Operation {
    /// Where a sale was asked for.
    fileprivate var outletOfSale: OutletID? {
        switch self {
        case let sale as Redeem: sale.outlet
        case let sale as Authorise: sale.outlet
        case let sale as RedeemOffline: sale.outlet
        default: nil
        }
    }
}
