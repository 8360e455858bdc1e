import CBOR
import LedgerDomain

// Money between ledgers, and the plans for it.
extension ReferenceModel {
    mutating func predict(_ asked: SubmitPlan) throws(Refusal) -> SubmitPlan.Accepted {
        try refuse([
            (.textOutOfRange, !fits(asked.document)),
            (.unknownFund, funds[asked.fund] == nil),
        ])
        let ledgers = Set(asked.lines.map(\.ledger))
        try refuse([
            (.fundNotMatching, funds[asked.fund]?.matching == false),
            (.planLineOutOfBounds, asked.lines.isEmpty || ledgers.count < asked.lines.count),
            (.planLineOutOfBounds, !asked.lines.allSatisfy { isMovable($0.amount) }),
            (.remittanceToSelf, asked.lines.contains { $0.ledger == code }),
        ])
        let id = PlanID(UInt32(plans.count + 1))
        plans[id] = ModelPlan(fund: asked.fund, lines: asked.lines, maker: principal)
        return .with { $0.plan = id }
    }

    /// A recipient's running total in a fiscal year counts every matching fund of the same level.
    mutating func predict(_ asked: ApprovePlan) throws(Refusal) -> NoFields {
        guard let plan = plans[asked.plan] else { throw .unknownPlan }
        let granting = funds[plan.fund]
        let bounds = setting(.matchingMinimum)...setting(.matchingMaximum)
        let totals = plan.lines.map { line in
            let before = plans.values.filter { $0.approved && funds[$0.fund] == granting }
            return (before + [plan]).reduce(0) { $0 + planned(in: $1, for: line.ledger) }
        }
        try refuse([
            (.makerIsChecker, plan.maker == principal),
            (.planNotSubmitted, plan.approved),
            (.planLineOutOfBounds, !totals.allSatisfy(bounds.contains)),
        ])
        plans[asked.plan]?.approved = true
        return NoFields()
    }

    private func planned(in plan: ModelPlan, for ledger: LedgerCode) -> Int64 {
        plan.lines.reduce(0) { $0 + ($1.ledger == ledger ? $1.amount.fen : 0) }
    }

    mutating func predict(_ asked: Remit) throws(Refusal) -> NoFields {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.unknownFund, funds[asked.fund] == nil),
        ])
        guard let fund = funds[asked.fund] else { throw .unknownFund }
        let granted = plans.values.filter { $0.approved && $0.fund == asked.fund }
            .reduce(0) { $0 + planned(in: $1, for: asked.recipient) }
        let sent = balance(.remitted(asked.recipient), asked.fund)
        try refuse([
            (.remittanceToSelf, asked.recipient == code),
            (.insufficientFund, balance(.fund, asked.fund) < asked.amount.fen),
            (.clawBackOutstanding, free(asked.fund) < asked.amount.fen),
            (.notInPlan, fund.matching && granted == 0),
            (.planExceeded, fund.matching && sent + asked.amount.fen > granted),
        ])
        remittances[number] = ModelRemittance(
            fund: asked.fund, ledger: asked.recipient, amount: asked.amount.fen)
        post(.remit, debit: .fund, credit: .remitted(asked.recipient), asked.fund, asked.amount.fen)
        return NoFields()
    }

    mutating func predict(_ asked: Receive) throws(Refusal) -> NoFields {
        let origin = ModelOrigin(sender: asked.sender, event: asked.remittance)
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.unknownFund, funds[asked.fund] == nil),
        ])
        try refuse([
            (.amountOutOfRange, !hasRoom(asked.fund, asked.amount)),
            (.remittanceToSelf, asked.sender == code),
            (.remittanceAlreadyReceived, received.contains(origin)),
        ])
        received.insert(origin)
        receipts[number] = ModelRemittance(
            fund: asked.fund, ledger: asked.sender, amount: asked.amount.fen)
        post(.receive, debit: .treasury, credit: .fund, asked.fund, asked.amount.fen)
        return NoFields()
    }

    mutating func predict(_ asked: UndoRemit) throws(Refusal) -> UndoRemit.Accepted {
        guard let sent = remittances[asked.event] else { throw .unknownRemittance }
        try refuse([(.remittanceAlreadyReturned, sent.undone)])
        remittances[asked.event]?.undone = true
        post(.remit, debit: .fund, credit: .remitted(sent.ledger), sent.fund, sent.amount, undoes: true)
        return .with {
            $0.fund = sent.fund
            $0.ledger = sent.ledger
            $0.amount = Amount(fen: sent.amount)
        }
    }

    /// Money sent back has left like money remitted: what is still to be clawed back must stay.
    mutating func predict(_ asked: UndoReceive) throws(Refusal) -> UndoReceive.Accepted {
        guard let got = receipts[asked.event] else { throw .unknownRemittance }
        try refuse([
            (.remittanceAlreadyReturned, got.undone),
            (.insufficientFund, balance(.fund, got.fund) < got.amount),
            (.clawBackOutstanding, free(got.fund) < got.amount),
        ])
        receipts[asked.event]?.undone = true
        post(.receive, debit: .treasury, credit: .fund, got.fund, got.amount, undoes: true)
        return .with {
            $0.fund = got.fund
            $0.ledger = got.ledger
            $0.amount = Amount(fen: got.amount)
        }
    }
}
