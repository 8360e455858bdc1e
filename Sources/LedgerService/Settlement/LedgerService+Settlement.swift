package import LedgerDomain
import LedgerEngine
import LedgerStorage
package import StatementFormats

/// What sealing a settlement came to.
package struct SealSummary: Sendable {
    package var seal: SealSettlement.Accepted
    /// What is carried over, with the reason: what the ledger refused a line, and what was not due to have one.
    package var carried: [WaitingMoney]
}

/// What importing a bank's return came to.
package struct PaymentSummary: Sendable {
    package var paid = 0
    package var failed = 0
    /// Payments that came back after they had been confirmed.
    package var returned = 0
    /// Rows that had been imported before.
    package var replayed = 0
    package var amount = Amount.zero
    /// Rows that were not posted, with the line and the reason.
    package var skipped: [(line: Int, reason: String)] = []
}

extension LedgerService {
    /// Posts a line for everyone who is owed something and seals the settlement, all in one commit.
    package func seal(
        _ settlement: SettlementID, _ call: Call
    ) async throws(ServiceError) -> SealSummary {
        if let earlier = try earlierCommand(call), (earlier as? SealSettlement)?.settlement != settlement {
            // Another command's key would refuse the seal after the lines were posted.
            _ = try await perform(SealSettlement.with { $0.settlement = settlement }, call)
        }
        let (due, waiting) = try state { state in
            guard state.settlements.contains(settlement) else {
                return ([(payee: PayeeID, fund: FundID, amount: Amount)](), [WaitingMoney]())
            }
            let through = state.settlements[settlement].through
            return (state.payable(through: through), state.waiting(through: through))
        }
        var requests = due.map { payee, fund, _ in
            request(
                AddSettlementLine.with {
                    $0.settlement = settlement
                    $0.payee = payee
                    $0.fund = fund
                }, call.step("\(settlement.rawValue)/\(payee.rawValue)/\(fund.rawValue)"))
        }
        requests.append(request(SealSettlement.with { $0.settlement = settlement }, call))
        let replies = await performAll(requests)
        var carried = waiting
        for (line, reply) in zip(due, replies) {
            switch reply {
            case .failure(let fault): throw .fault(fault)
            case .success(let answer):
                if let refusal = answer.refusal {
                    carried.append(
                        WaitingMoney(
                            payee: line.payee, fund: line.fund, amount: line.amount, reason: refusal))
                }
            }
        }
        guard let last = replies.last else { throw .fault(.stopped) }
        return SealSummary(seal: try receipt(SealSettlement.self, last).accepted, carried: carried)
    }

    /// What is owed through a settlement's last day and stands in no line, now.
    package func waiting(_ settlement: SettlementID) throws(ServiceError) -> [WaitingMoney] {
        guard
            let waiting = try state({ state in
                state.settlements.contains(settlement)
                    ? state.waiting(through: state.settlements[settlement].through) : nil
            })
        else { throw .notFound(.settlement, settlement.text(in: ledger)) }
        return waiting
    }

    /// Undoes the standing lines of merchants and payees whose money is held; returns how many.
    package func holdLines(of settlement: SettlementID, _ call: Call) async throws(ServiceError) -> Int {
        let held = try state { state -> [UInt32] in
            guard state.settlements.contains(settlement) else { return [] }
            return state.settlements[settlement].lines.enumerated().compactMap { index, line in
                line.status == .sealed && state.isHeld(line) ? UInt32(index + 1) : nil
            }
        }
        for line in held {
            try await perform(
                UndoLine.with {
                    $0.settlement = settlement
                    $0.line = line
                    $0.reason = .held
                    $0.note = "商户暂停或黑名单、收款方被扣留或账户变更待审批"
                }, call.step("hold/\(line)"))
        }
        return held.count
    }

    /// Rejects a sealed settlement: every line is undone, then the settlement itself.
    package func reject(
        _ settlement: SettlementID, reason: String, _ call: Call
    ) async throws(ServiceError) {
        let standing = try state { state -> [UInt32] in
            guard state.settlements.contains(settlement) else { return [] }
            return state.settlements[settlement].lines.enumerated()
                .compactMap { $1.status == .sealed ? UInt32($0 + 1) : nil }
        }
        let lines = standing.map { line in
            request(
                UndoLine.with {
                    $0.settlement = settlement
                    $0.line = line
                    $0.reason = .rejected
                    $0.note = reason
                }, call.step("reject/\(line)"))
        }
        let header = RejectSettlement.with {
            $0.settlement = settlement
            $0.reason = reason
        }
        let replies = await performAll(lines + [request(header, call)])
        guard let last = replies.last else { throw .fault(.stopped) }
        _ = try receipt(RejectSettlement.self, last)
    }

    /// Exports an approved settlement: its standing lines as payment instructions; the same key gives the same ones again.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where a payee's account was changed after the export that is asked for again.
    package func export(
        _ settlement: SettlementID, _ call: Call
    ) async throws(ServiceError) -> PaymentOrder {
        let receipt = try await perform(ExportSettlement.with { $0.settlement = settlement }, call)
        let (lines, merchants, funds) = try query { (model) throws(StorageError) in
            (
                try model.settlementLines(settlement, ledger), try model.merchants(ledger),
                try model.funds(ledger)
            )
        }
        let practice = try state { $0.profile?.practice ?? false }
        let exported =
            receipt.isReplay
            ? try exportedLines(of: settlement, lines, by: receipt.event)
            : lines.filter { $0.status == .sealed }
        var instructions: [PaymentInstruction] = []
        for line in exported {
            guard let merchant = merchants.first(where: { $0.row.payee == line.row.payee }),
                let fund = funds.first(where: { $0.id == line.row.fund })
            else { throw .unsound("line \(line.row.line) has no payee or fund") }
            instructions.append(
                PaymentInstruction(
                    reference: reference(settlement, line.row.line),
                    payeeName: try people.text(merchant.row.payeeName) ?? "",
                    account: try people.text(merchant.row.account) ?? "", bankCode: merchant.row.bankCode,
                    amount: line.row.amount, fund: fund.document, treasury: fund.treasury,
                    purpose: "文化消费券补贴 \(settlement.text(in: ledger))\(practice ? "（演练）" : "")"))
        }
        let instant = receipt.instant
        return PaymentOrder(
            settlement: settlement.text(in: ledger), instant: instant,
            day: try state { $0.businessDay(of: instant) }, instructions: instructions)
    }

    /// The lines that stood when a settlement was exported.
    private func exportedLines(
        of settlement: SettlementID, _ lines: [SettlementLineView], by export: UInt64
    ) throws(ServiceError) -> [SettlementLineView] {
        let changes = try query { (model) throws(StorageError) in try model.payeeChanges(ledger) }
        for line in lines
        where changes.contains(where: {
            $0.row.payee == line.row.payee && $0.row.event > export && $0.status == .approved
        }) {
            throw .invalid(
                "The account of payee \(line.row.payee.text(in: ledger)) was changed after this export. What the bank was asked then cannot be written again."
            )
        }
        var undone: Set<UInt32> = []
        let first = lines.map(\.row.event).min() ?? export
        try forEachEvent(first..<max(first, export)) { (_, event) throws(ServiceError) in
            if event.record.refusal == nil, let undo = event.record.command as? UndoLine,
                undo.settlement == settlement
            {
                undone.insert(undo.line)
            }
        }
        return lines.filter { !undone.contains($0.row.line) }
    }

    /// The treasuries that a settlement's lines are paid from.
    package func treasuries(of settlement: SettlementID) throws(ServiceError) -> [String] {
        let (lines, funds) = try query { (model) throws(StorageError) in
            (try model.settlementLines(settlement, ledger), try model.funds(ledger))
        }
        let paying = Set(lines.map(\.row.fund))
        return funds.filter { paying.contains($0.id) }.reduce(into: []) {
            if !$0.contains($1.treasury) { $0.append($1.treasury) }
        }
    }

    /// Posts what a bank's return says, line by line; the same file twice changes nothing.
    package func pay(_ file: BankReturnFile, _ call: Call) async throws(ServiceError) -> PaymentSummary {
        var summary = PaymentSummary()
        var requests: [(row: BankReturnRow, request: CommandRequest)] = []
        var paidHere: Set<String> = []
        var known: [SettlementID: [UInt32: String]] = [:]
        for row in file.rows {
            guard let (settlement, number) = line(of: row.reference) else {
                summary.skipped.append((row.line, "\(row.reference) is no settlement line of this ledger"))
                continue
            }
            let sealedLine = try state { state -> SettlementLine? in
                guard state.settlements.contains(settlement),
                    state.settlements[settlement].lines.count >= Int(number), number > 0
                else { return nil }
                return state.settlements[settlement].lines[Int(number) - 1]
            }
            guard sealedLine?.amount == row.amount else {
                let sealed = sealedLine.map { "\($0.amount.yuan) was sealed" } ?? "there is no such line"
                summary.skipped.append((row.line, "the bank names \(row.amount.yuan), \(sealed)"))
                continue
            }
            let step = Call(call.principal, key: "bank/\(row.reference)/\(row.key)", at: call.instant)
            let isPaid = sealedLine?.status == .paid || paidHere.contains(row.reference)
            // What was said of this row before was said of the line as it was then.
            let earlier = try earlierCommand(step)
            if case .paid(let bankReference) = row.outcome {
                paidHere.insert(row.reference)
                if earlier == nil, sealedLine?.status == .paid {
                    if known[settlement] == nil { known[settlement] = try bankReferences(of: settlement) }
                    if known[settlement]?[number] == bankReference {
                        // Somebody else has imported it.
                        summary.replayed += 1
                        continue
                    }
                }
            }
            let command = earlier ?? row.command(settlement, number, isPaid: isPaid)
            requests.append((row, request(command, step)))
        }
        let replies = await performAll(requests.map(\.request))
        known = [:]
        for ((row, _), reply) in zip(requests, replies) {
            switch reply {
            case .failure(let fault): throw .fault(fault)
            case .success(let answer):
                if let refusal = answer.refusal {
                    if case .paid = row.outcome, let (settlement, _) = line(of: row.reference),
                        known[settlement] == nil
                    {
                        known[settlement] = try bankReferences(of: settlement)
                    }
                    summary.skipped.append(
                        (row.line, secondPayment(row, known) ?? refusal.sentence.english))
                } else if answer.isReplay {
                    summary.replayed += 1
                } else {
                    summary.count(answer.event.record.command, of: row.amount)
                }
            }
        }
        return summary
    }

    /// What a row says that pays a line again; `nil` where the line is not paid, or by this row's payment.
    private func secondPayment(_ row: BankReturnRow, _ known: [SettlementID: [UInt32: String]]) -> String? {
        guard case .paid(let now) = row.outcome, let (settlement, number) = line(of: row.reference),
            let paid = known[settlement]?[number], paid != now
        else { return nil }
        return
            "\(row.reference) is paid already, under \(paid); the bank now says \(now): ask it whether it paid twice"
    }

    /// The bank's references of a settlement's lines that are paid, by their numbers.
    private func bankReferences(
        of settlement: SettlementID
    ) throws(ServiceError) -> [UInt32: String] {
        let lines = try query { (model) throws(StorageError) in
            try model.settlementLines(settlement, ledger)
        }
        return Dictionary(
            uniqueKeysWithValues: lines.filter { $0.status == .paid }.map { ($0.row.line, $0.note) })
    }

    /// A settlement line as payment instructions and bank returns name it: `S370782-00000001-3/2`.
    package func reference(_ settlement: SettlementID, _ line: UInt32) -> String {
        "\(settlement.text(in: ledger))/\(line)"
    }

    private func line(of reference: String) -> (SettlementID, UInt32)? {
        let parts = reference.split(separator: "/")
        guard parts.count == 2, let line = UInt32(parts[1]),
            let settlement = try? SettlementID(text: String(parts[0]), in: ledger)
        else { return nil }
        return (settlement, line)
    }
}

extension PaymentSummary {
    /// Counts what was posted.
    fileprivate mutating func count(_ posted: any Operation, of amount: Amount) {
        switch (posted as? UndoLine)?.reason {
        case nil:
            paid += 1
            self.amount += amount
        case .bounced: returned += 1
        default: failed += 1
        }
    }
}

extension BankReturnRow {
    fileprivate var key: String {
        switch outcome {
        case .paid(let bankReference): "paid/\(bankReference)"
        case .failed(let reason): "failed/\(day.text)/\(reason)"
        case .returned(let reason): "returned/\(day.text)/\(reason)"
        }
    }

    fileprivate func command(
        _ settlement: SettlementID, _ line: UInt32, isPaid: Bool
    ) -> any Operation {
        switch outcome {
        case .paid(let bankReference):
            PayLine.with {
                $0.settlement = settlement
                $0.line = line
                $0.reference = bankReference
            }
        case .failed(let reason):
            UndoLine.with {
                $0.settlement = settlement
                $0.line = line
                $0.reason = .failed
                $0.note = reason
            }
        case .returned(let reason):
            UndoLine.with {
                $0.settlement = settlement
                $0.line = line
                // A bank may tell of a return alone, where the payment and its end fell on one day.
                $0.reason = isPaid ? .bounced : .failed
                $0.note = reason
            }
        }
    }
}
