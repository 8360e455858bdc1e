package import LedgerDomain
import LedgerStorage
package import Reconciliation
package import StatementFormats

extension LedgerService {
    /// What of the ledger is matched with a channel's bill, or with merchants' orders.
    package struct LedgerSide: Sendable {
        package var from: BusinessDay
        package var through: BusinessDay
        /// Sales of this channel alone; of every one where `nil`.
        package var channel: String?
        /// Sales of this merchant alone; references are unique for one merchant only.
        package var merchant: MerchantID?
        package var amount: ComparedAmount

        /// The events that are sales and refunds.
        fileprivate static let told: Set<OperationType> = [.redeem, .capture, .redeemOffline, .refund]

        package init(
            from: BusinessDay, through: BusinessDay, channel: String? = nil, merchant: MerchantID? = nil,
            amount: ComparedAmount
        ) {
            self.merchant = merchant
            self.from = from
            self.through = through
            self.channel = channel
            self.amount = amount
        }
    }

    /// The ledger's sales and refunds of a period as a side of a reconciliation, from the log itself.
    package func side(
        _ wanted: LedgerSide
    ) throws(ServiceError) -> (statement: Statement, events: UInt64) {
        var statement = Statement(name: "ledger")
        let range = try events(from: wanted.from, through: wanted.through)
        // Read after the range: every outlet that its events name is there.
        let places = try state { $0.outlets.storage.map(\.platformID) }
        try forEachEvent(range) { (number, event) throws(ServiceError) in
            guard event.record.refusal == nil, LedgerSide.told.contains(event.record.type) else { return }
            let told = RecordedEvent(number: number, event: event).subject
            var (order, channel, outlet) = (told.order, told.channel, told.outlet)
            var merchant = told.merchant
            let isRefund = event.record.type == .refund
            if isRefund {
                let sale =
                    try told.redemption.map { id throws(ServiceError) in
                        try query { (model) throws(StorageError) in try model.redemption(id, ledger) }
                    } ?? nil
                (order, channel, outlet) = (sale?.row.order, sale?.row.channel, sale?.row.outlet)
                merchant = sale?.row.merchant
            }
            guard let order, let bill = told.bill, let subsidy = told.subsidy, let day = told.day,
                wanted.channel == nil || wanted.channel == channel,
                wanted.merchant == nil || wanted.merchant == merchant
            else { return }
            let amount: Amount =
                switch wanted.amount {
                case .bill: bill
                case .paid: bill - subsidy
                case .coupon: subsidy
                }
            statement.append(
                StatementLine(
                    reference: order, amount: isRefund ? -amount.fen : amount.fen, day: day.days,
                    second: UInt32(clamping: event.instant.microseconds / 1_000_000),
                    place: outlet.map { places[Int($0.rawValue) - 1] } ?? "", line: Int(clamping: number),
                    kind: isRefund ? .refund : .sale, outcome: .succeeded))
        }
        return (statement, range.upperBound)
    }
}
