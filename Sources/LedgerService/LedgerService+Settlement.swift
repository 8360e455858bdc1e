package import LedgerDomain
import LedgerEngine
import LedgerStorage
package import StatementFormats

/// What sealing a settlement came to.
package struct SealSummary: Sendable {
    package var seal: SealSettlement.Accepted
    /// Lines that the ledger refused and that are carried over, with the reason.
    package var carried: [(payee: PayeeID, fund: FundID, refusal: Refusal)]
}

/// What importing a bank's return came to.
package struct PaymentSummary: Sendable {
    package var paid = 0
    package var failed = 0
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
        let due = try state { state in
            state.settlements.contains(settlement)
                ? state.payable(through: state.settlements[settlement].through) : []
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
        var carried: [(payee: PayeeID, fund: FundID, refusal: Refusal)] = []
        for (line, reply) in zip(due, replies) {
            switch reply {
            case .failure(let fault): throw .fault(fault)
            case .success(let answer):
                if let refusal = answer.refusal { carried.append((line.payee, line.fund, refusal)) }
            }
        }
        guard let last = replies.last else { throw .fault(.stopped) }
        return SealSummary(seal: try receipt(SealSettlement.self, last).accepted, carried: carried)
    }

    /// Undoes the standing lines of suspended and blacklisted merchants; returns how many.
    package func holdLines(of settlement: SettlementID, _ call: Call) async throws(ServiceError) -> Int {
        let held = try state { state -> [UInt32] in
            guard state.settlements.contains(settlement) else { return [] }
            return state.settlements[settlement].lines.enumerated().compactMap { index, line in
                let isHeld = line.parts.contains { state.merchants[$0.merchant].status != .active }
                return line.status == .sealed && isHeld ? UInt32(index + 1) : nil
            }
        }
        for line in held {
            try await perform(
                UndoLine.with {
                    $0.settlement = settlement
                    $0.line = line
                    $0.reason = .held
                    $0.note = "merchant suspended or blacklisted"
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

    /// Exports an approved settlement: its standing lines as payment instructions.
    package func export(
        _ settlement: SettlementID, _ call: Call
    ) async throws(ServiceError) -> [PaymentInstruction] {
        try await perform(ExportSettlement.with { $0.settlement = settlement }, call)
        let (lines, merchants, funds) = try query { (model) throws(StorageError) in
            (
                try model.settlementLines(settlement, ledger), try model.merchants(ledger),
                try model.funds(ledger)
            )
        }
        let practice = try state { $0.profile?.practice ?? false }
        var instructions: [PaymentInstruction] = []
        for line in lines where line.status == .sealed {
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
        return instructions
    }

    /// Posts what a bank's return says, line by line; the same file twice changes nothing.
    package func pay(_ file: BankReturnFile, _ call: Call) async throws(ServiceError) -> PaymentSummary {
        var summary = PaymentSummary()
        var requests: [(row: BankReturnRow, request: CommandRequest)] = []
        for row in file.rows {
            guard let (settlement, number) = line(of: row.reference) else {
                summary.skipped.append((row.line, "\(row.reference) is no settlement line of this ledger"))
                continue
            }
            let amount = try state { state -> Amount? in
                guard state.settlements.contains(settlement),
                    state.settlements[settlement].lines.count >= Int(number), number > 0
                else { return nil }
                return state.settlements[settlement].lines[Int(number) - 1].amount
            }
            guard amount == row.amount else {
                let sealed = amount.map { "\($0.yuan) was sealed" } ?? "there is no such line"
                summary.skipped.append((row.line, "the bank names \(row.amount.yuan), \(sealed)"))
                continue
            }
            let step = Call(call.principal, key: "bank/\(row.reference)/\(row.key)", at: call.instant)
            requests.append((row, request(row.command(settlement, number), step)))
        }
        let replies = await performAll(requests.map(\.request))
        for ((row, _), reply) in zip(requests, replies) {
            switch reply {
            case .failure(let fault): throw .fault(fault)
            case .success(let answer):
                if let refusal = answer.refusal {
                    summary.skipped.append((row.line, refusal.sentence.english))
                } else if answer.isReplay {
                    summary.replayed += 1
                } else if case .paid = row.outcome {
                    summary.paid += 1
                    summary.amount += row.amount
                } else {
                    summary.failed += 1
                }
            }
        }
        return summary
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

extension BankReturnRow {
    fileprivate var key: String {
        switch outcome {
        case .paid(let bankReference): "paid/\(bankReference)"
        case .failed(let reason): "failed/\(day.text)/\(reason)"
        }
    }

    fileprivate func command(_ settlement: SettlementID, _ line: UInt32) -> any Operation {
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
        }
    }
}
