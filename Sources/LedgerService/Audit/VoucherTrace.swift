package import LedgerDomain
import LedgerEngine
import LedgerStorage

/// The way of a voucher's money through the log: appropriation, remittance, allocation, batch, issue, redemption,
/// settlement, payment; read from the log itself.
package struct VoucherTrace: Sendable {
    /// One event on the way.
    package struct Step: Sendable {
        /// Its number in the log.
        package var event: UInt64
        package var instant: Instant
        package var type: OperationType
        /// The money it moved on this way; none for a hold, a seal or an approval.
        package var postings: [Posting]
    }

    /// The steps, in the log's order.
    package private(set) var steps: [Step] = []

    private let voucher: VoucherID
    private let batch: BatchID
    private let programme: ProgrammeID
    private let through: [SettlementID: BusinessDay]
    private let funds: Set<FundID>
    private var isOpen = false
    /// What is owed for the voucher and waits for a settlement, with the days it is dated.
    private var owed: [Debt: Set<BusinessDay>] = [:]
    /// What is in a settlement and waits for its payment.
    private var settled: [Debt: SettlementID] = [:]

    private struct Debt: Hashable {
        var payee: PayeeID
        var fund: FundID
    }

    /// - Parameter fund: the one whose money is followed; all that pay for the voucher where it is `nil`.
    init(_ voucher: VoucherID, fund: FundID?, in state: LedgerState) {
        self.voucher = voucher
        batch = state.vouchers[voucher].batch
        programme = state.batches[batch].programme
        let list = state.batches[batch].funds
        let paying = Set((0..<list.count).map { list[$0] })
        funds = fund.map { paying.intersection([$0]) } ?? paying
        through = Dictionary(uniqueKeysWithValues: state.settlements.enumerated.map { ($0, $1.through) })
    }

    /// Takes the log's next event.
    mutating func read(_ event: Event, number: UInt64) {
        guard event.record.refusal == nil else { return }
        let postings = event.postings.filter { funds.contains($0.fund) && follows($0, event) }
        guard !postings.isEmpty || concerns(event.record.command) else { return }
        steps.append(
            Step(event: number, instant: event.instant, type: event.record.type, postings: postings))
    }

    /// Whether a posting is on the way, and what follows from it.
    private mutating func follows(_ posting: Posting, _ event: Event) -> Bool {
        switch (posting.kind, posting.debit, posting.credit) {
        case (.appropriate, _, _), (.receive, _, _): return !isOpen
        case (.allocate, _, .programme(programme)): return !isOpen
        case (.open, _, .batch(batch)):
            isOpen = true
            return true
        case (.issue, _, .voucher(voucher)), (.lapse, .voucher(voucher), _): return true
        case (.redeem, .voucher(voucher), .payable(let payee)),
            (.absorb, _, .payable(let payee)) where isSale(event):
            owed[Debt(payee: payee, fund: posting.fund), default: []].insert(day(of: event))
            return true
        case (.refund, .payable(let payee), _):
            return isRefund(event) && isKnown(Debt(payee: payee, fund: posting.fund))
        case (.settle, .payable(let payee), .clearing(let settlement)):
            let debt = Debt(payee: payee, fund: posting.fund)
            let days = (owed[debt] ?? []).filter { $0 <= through[settlement] ?? $0 }
            guard !days.isEmpty else { return false }
            owed[debt]?.subtract(days)
            if owed[debt]?.isEmpty == true { owed[debt] = nil }
            settled[debt] = settlement
            return true
        case (.settle, .clearing(let settlement), .payable(let payee)):
            let debt = Debt(payee: payee, fund: posting.fund)
            guard settled[debt] == settlement else { return false }
            settled[debt] = nil
            owed[debt, default: []].insert(day(of: event))
            return true
        case (.pay, .clearing(let settlement), _):
            guard let line = event.record as? Record<PayLine>, case .success(let paid) = line.verdict else {
                return false
            }
            return settled[Debt(payee: paid.payee, fund: posting.fund)] == settlement
        default: return false
        }
    }

    /// Whether a voucher's money, or the programme's in its place, pays for a sale here.
    private func isSale(_ event: Event) -> Bool {
        guard let offline = event.record.command as? RedeemOffline else { return true }
        return offline.voucher == voucher
    }

    private func isRefund(_ event: Event) -> Bool {
        guard let refund = event.record as? Record<Refund>, case .success(let given) = refund.verdict else {
            return false
        }
        return given.voucher == voucher
    }

    private func isKnown(_ debt: Debt) -> Bool { owed[debt] != nil || settled[debt] != nil }

    /// Whether an event that moves no money belongs to the way.
    private func concerns(_ command: any LedgerDomain.Operation) -> Bool {
        switch command {
        case let command as Authorise: command.voucher == voucher
        case let command as IssueCredential: command.voucher == voucher
        case let command as IssuePaper: command.voucher == voucher
        case let command as SealSettlement: settled.values.contains(command.settlement)
        case let command as ApproveSettlement: settled.values.contains(command.settlement)
        case let command as ExportSettlement: settled.values.contains(command.settlement)
        default: false
        }
    }

    private func day(of event: Event) -> BusinessDay {
        if let redeem = event.record as? Record<Redeem>, case .success(let terms) = redeem.verdict {
            return terms.day
        }
        if let capture = event.record as? Record<Capture>, case .success(let accepted) = capture.verdict {
            return accepted.terms.day
        }
        if let offline = event.record as? Record<RedeemOffline>,
            case .success(let accepted) = offline.verdict
        {
            return accepted.terms.day
        }
        return BusinessDay(days: .min)
    }
}

extension LedgerService {
    /// Follows the money of a voucher through the whole log.
    ///
    /// - Parameter fen: follows the fund that pays this fen of the voucher's face alone, counted from 1.
    package func trace(
        _ voucher: VoucherID, fen: Int64? = nil
    ) throws(ServiceError) -> VoucherTrace {
        let state = try state { $0 }
        guard state.vouchers.contains(voucher) else { throw .refused(.unknownVoucher, event: nil) }
        var fund: FundID?
        if let fen {
            let batch = state.batches[state.vouchers[voucher].batch]
            guard (1...batch.face.fen).contains(fen) else {
                throw .invalid("--fen counts from 1 to the face, \(batch.face.fen).")
            }
            fund = try payer(of: fen, voucher)
        }
        var trace = VoucherTrace(voucher, fund: fund, in: state)
        try readLog(to: state.size) { event, number in trace.read(event, number: number) }
        return trace
    }

    /// The fund that gave a fen of the voucher when it was issued.
    private func payer(of fen: Int64, _ voucher: VoucherID) throws(ServiceError) -> FundID? {
        var fund: FundID?
        var given: Int64 = 0
        try readLog(to: try state { $0.size }) { event, _ in
            for posting in event.postings where posting.kind == .issue && posting.credit == .voucher(voucher)
            {
                if given < fen { fund = posting.fund }
                given += posting.amount.fen
            }
        }
        return fund
    }

    func readLog(to size: UInt64, _ body: (Event, UInt64) -> Void) throws(ServiceError) {
        var number: UInt64 = 0
        do {
            while number < size {
                let chunk = try machine.reader.events(of: ledger, from: number, limit: 4096)
                guard !chunk.isEmpty else {
                    throw EngineFault.corruptLog(event: number, reason: "it is missing")
                }
                for bytes in chunk where number < size {
                    body(try Event.decoded(bytes, number: number), number)
                    number += 1
                }
            }
        } catch let fault as EngineFault {
            throw .fault(fault)
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .fault(.logFiles("\(error)"))
        }
    }
}
