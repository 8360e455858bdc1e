import CBOR
import Cryptography
import LedgerDomain

// Settlements: built, sealed, approved, exported, paid line by line.
extension ReferenceModel {
    mutating func predict(_ asked: BuildSettlement) throws(Refusal) -> BuildSettlement.Accepted {
        try refuse([(.settlementDayOpen, asked.through >= today)])
        let id = SettlementID(UInt32(settlements.count + 1))
        settlements[id] = ModelSettlement(through: asked.through, maker: principal)
        return .with { $0.settlement = id }
    }

    mutating func predict(_ asked: AddSettlementLine) throws(Refusal) -> AddSettlementLine.Accepted {
        try refuse([
            (.unknownFund, funds[asked.fund] == nil),
            (.unknownSettlement, settlements[asked.settlement] == nil),
        ])
        guard let settlement = settlements[asked.settlement] else { throw .unknownSettlement }
        let taken = takable(asked.payee, asked.fund, through: settlement.through)
        let amount = taken.values.reduce(0) { $0 + $1.total }
        let clearing = settlements.keys.reduce(0) { $0 + balance(.clearing($1), asked.fund) }
        let money = balance(.treasury, asked.fund) - remitted(asked.fund)
        try refuse([
            (.settlementNotBuilt, settlement.status != .built),
            (
                .lineAlreadyInSettlement,
                settlement.lines.contains { $0.payee == asked.payee && $0.fund == asked.fund }
            ),
            (.payeeHeld, holders[asked.payee] != nil),
            (.payeeChangePending, payeeChanges[asked.payee] != nil),
            (.nothingToSettle, amount <= 0),
            (.belowSettlementMinimum, amount < setting(.settlementMinimum)),
            (.treasuryShort, clearing + amount > money),
        ])
        for (merchant, part) in taken { settle(part, of: merchant, asked.fund, sign: -1) }
        settlements[asked.settlement]?.lines.append(
            ModelLine(payee: asked.payee, fund: asked.fund, amount: amount, taken: taken))
        post(
            .settle, debit: .payable(asked.payee), credit: .clearing(asked.settlement), asked.fund, amount)
        return .with {
            $0.line = UInt32(settlement.lines.count + 1)
            $0.amount = Amount(fen: amount)
            $0.merchants = taken.keys.sorted()
        }
    }

    /// What a line to a day takes of a payee: of every merchant that is not held, its days and its refunds.
    func takable(_ payee: PayeeID, _ fund: FundID, through day: BusinessDay) -> [MerchantID: ModelOwed] {
        var taken: [MerchantID: ModelOwed] = [:]
        for (id, merchant) in merchants where merchant.payee == payee && merchant.status == .active {
            var part = owed[id]?[fund] ?? ModelOwed()
            part.days = part.days.filter { $0.key <= day && $0.value != 0 }
            if part != ModelOwed() { taken[id] = part }
        }
        return taken
    }

    /// Takes a part from what a merchant is owed, or puts it back.
    private mutating func settle(_ part: ModelOwed, of merchant: MerchantID, _ fund: FundID, sign: Int64) {
        for (day, amount) in part.days {
            owed[merchant, default: [:]][fund, default: ModelOwed()].days[day, default: 0] += sign * amount
        }
        owed[merchant, default: [:]][fund, default: ModelOwed()].adjustment += sign * part.adjustment
    }

    private func remitted(_ fund: FundID) -> Int64 {
        balances.reduce(0) { sum, entry in
            guard case .remitted = entry.key.account, entry.key.fund == fund else { return sum }
            return sum + entry.value
        }
    }

    mutating func predict(_ asked: SealSettlement) throws(Refusal) -> SealSettlement.Accepted {
        guard let settlement = settlements[asked.settlement] else { throw .unknownSettlement }
        try refuse([
            (.settlementNotBuilt, settlement.status != .built),
            (.settlementEmpty, settlement.lines.isEmpty),
        ])
        settlements[asked.settlement]?.status = .sealed
        return .with {
            $0.lines = UInt32(settlement.lines.count)
            $0.total = Amount(fen: settlement.lines.reduce(0) { $0 + $1.amount })
            $0.digest = digest(settlement)
        }
    }

    /// SHA-256 over the lines in CBOR: an array of [payee, fund, amount].
    private func digest(_ settlement: ModelSettlement) -> Digest128 {
        var encoder = CBOREncoder()
        encoder.beginArray(count: settlement.lines.count)
        for line in settlement.lines {
            encoder.beginArray(count: 3)
            encoder.write(unsigned: UInt64(line.payee.rawValue))
            encoder.write(unsigned: UInt64(line.fund.rawValue))
            encoder.write(integer: line.amount)
        }
        return Digest128(SHA256Digest.of(encoder.bytes)) ?? .zero
    }

    mutating func predict(_ asked: ApproveSettlement) throws(Refusal) -> NoFields {
        guard let settlement = settlements[asked.settlement] else { throw .unknownSettlement }
        try refuse([
            (.makerIsChecker, settlement.maker == principal),
            (.settlementNotSealed, settlement.status != .sealed),
            (.settlementEmpty, !settlement.stands),
            (.settlementHoldsSuspended, holdsSuspended(settlement)),
        ])
        settlements[asked.settlement]?.status = .approved
        return NoFields()
    }

    /// Whether a line that stands is of a merchant or a payee whose money waits.
    private func holdsSuspended(_ settlement: ModelSettlement) -> Bool {
        settlement.lines.contains { line in
            line.status == .sealed
                && (line.taken.keys.contains { merchants[$0]?.status != .active }
                    || holders[line.payee] != nil || payeeChanges[line.payee] != nil)
        }
    }

    mutating func predict(_ asked: RejectSettlement) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.reason)),
            (.unknownSettlement, settlements[asked.settlement] == nil),
        ])
        guard let settlement = settlements[asked.settlement] else { throw .unknownSettlement }
        try refuse([
            (.settlementNotSealed, settlement.status != .sealed && settlement.status != .built),
            (.settlementHasLiveLines, settlement.stands),
        ])
        settlements[asked.settlement]?.status = .rejected
        return NoFields()
    }

    mutating func predict(_ asked: ExportSettlement) throws(Refusal) -> NoFields {
        guard let settlement = settlements[asked.settlement] else { throw .unknownSettlement }
        try refuse([
            (.settlementNotApproved, settlement.status != .approved),
            (.settlementEmpty, !settlement.stands),
            (.settlementHoldsSuspended, holdsSuspended(settlement)),
        ])
        settlements[asked.settlement]?.status = .exported
        return NoFields()
    }

    mutating func predict(_ asked: PayLine) throws(Refusal) -> PayLine.Accepted {
        let (settlement, index) = try line(asked.line, of: asked.settlement, text: asked.reference)
        let line = settlement.lines[index]
        try refuse([
            (.settlementNotExported, settlement.status != .exported),
            (.lineNotPayable, line.status != .sealed),
        ])
        let closes = change(asked.settlement, index, to: .paid)
        post(.pay, debit: .clearing(asked.settlement), credit: .treasury, line.fund, line.amount)
        return .with {
            $0.payee = line.payee
            $0.fund = line.fund
            $0.amount = Amount(fen: line.amount)
            $0.closes = closes
        }
    }

    /// A bounced payment undoes what was paid, every other reason what was not.
    ///
    /// Only the bank can fail, so that needs an export; only what is sealed and not approved can be rejected;
    /// a line can be held from the time it stands until the bank is asked to pay it.
    mutating func predict(_ asked: UndoLine) throws(Refusal) -> UndoLine.Accepted {
        let (settlement, index) = try line(asked.line, of: asked.settlement, text: asked.note)
        let line = settlement.lines[index]
        let bounced = asked.reason == .bounced
        try refuse([
            (.settlementNotSealed, asked.reason == .rejected && settlement.status != .sealed),
            (.settlementNotExported, asked.reason == .failed && settlement.status != .exported),
            (.settlementExported, asked.reason == .held && settlement.status == .exported),
            (.lineNotPayable, !bounced && line.status != .sealed),
            (.lineNotPaid, bounced && line.status != .paid),
        ])
        let closes = change(asked.settlement, index, to: .undone)
        for (merchant, part) in line.taken { settle(part, of: merchant, line.fund, sign: 1) }
        let clearing = Account.clearing(asked.settlement)
        if bounced { post(.pay, debit: clearing, credit: .treasury, line.fund, line.amount, undoes: true) }
        post(
            .settle, debit: .payable(line.payee), credit: clearing, line.fund, line.amount, undoes: true)
        return .with {
            $0.payee = line.payee
            $0.fund = line.fund
            $0.amount = Amount(fen: line.amount)
            $0.wasPaid = bounced
            $0.closes = closes
        }
    }

    private func line(
        _ number: UInt32, of id: SettlementID, text: String
    ) throws(Refusal) -> (ModelSettlement, index: Int) {
        let count = settlements[id]?.lines.count ?? 0
        try refuse([
            (.textOutOfRange, !fits(text)),
            (.unknownSettlement, settlements[id] == nil),
            (.unknownSettlementLine, number == 0 || Int(number) > count),
        ])
        guard let settlement = settlements[id] else { throw .unknownSettlement }
        return (settlement, Int(number) - 1)
    }

    /// Changes a line; whether it was the last that stood of an approved or exported settlement, which closes with it.
    private mutating func change(_ id: SettlementID, _ index: Int, to status: SettlementLine.Status) -> Bool {
        settlements[id]?.lines[index].status = status
        guard let settlement = settlements[id],
            settlement.status == .exported || settlement.status == .approved, !settlement.stands
        else {
            return false
        }
        settlements[id]?.status = .closed
        return true
    }
}
