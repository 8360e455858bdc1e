import CBOR
import LedgerDomain

// Opening, settings, and the money of funds.
extension ReferenceModel {
    mutating func predict(_ asked: OpenLedger) throws(Refusal) -> NoFields {
        try refuse([
            (.ledgerAlreadyOpen, code != nil),
            (.textOutOfRange, !fits(asked.name)),
        ])
        code = asked.code
        return NoFields()
    }

    mutating func predict(_ asked: ChangeSetting) throws(Refusal) -> NoFields {
        let limit: Int64 = 100_000_000_000_000
        let allowed: ClosedRange<Int64> =
            switch asked.setting {
            case .authorisationLifetime: 60_000_000...86_400_000_000
            case .businessDayCutOff: 0...86_399_999_999
            case .settlementMinimum: 0...limit
            case .offlineCap, .paperCap: 1...100_000_000
            case .offlineLifetime: 60_000_000...604_800_000_000
            case .offlineGrace: 3_600_000_000...2_592_000_000_000
            case .revocationListAge: 3_600_000_000...604_800_000_000
            case .tokenRequired: 0...1
            case .paymentTerm: 86_400_000_000...7_776_000_000_000
            case .allocationMinimum, .allocationMaximum, .matchingMinimum, .matchingMaximum: 1...limit
            }
        var changed = self
        changed.settings[asked.setting] = asked.value
        try refuse([
            (.settingOutOfRange, !allowed.contains(asked.value)),
            (.settingOutOfRange, changed.setting(.allocationMinimum) > changed.setting(.allocationMaximum)),
            (.settingOutOfRange, changed.setting(.matchingMinimum) > changed.setting(.matchingMaximum)),
            (
                .cutOffFixed,
                asked.setting == .businessDayCutOff && (!redemptions.isEmpty || !reports.isEmpty)
            ),
        ])
        self = changed
        return NoFields()
    }

    mutating func predict(_ asked: CreateFund) throws(Refusal) -> CreateFund.Accepted {
        let texts = [asked.treasury, asked.document, asked.functionalCode, asked.economicCode]
        try refuse([(.textOutOfRange, !texts.allSatisfy { fits($0) })])
        let id = FundID(UInt32(funds.count + 1))
        funds[id] = ModelFund(
            level: asked.level, fiscalYear: asked.fiscalYear, matching: asked.matching)
        return .with { $0.fund = id }
    }

    mutating func predict(_ asked: Appropriate) throws(Refusal) -> NoFields {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.textOutOfRange, !fits(asked.reference)),
            (.unknownFund, funds[asked.fund] == nil),
        ])
        try refuse([(.amountOutOfRange, !hasRoom(asked.fund, asked.amount))])
        post(.appropriate, debit: .treasury, credit: .fund, asked.fund, asked.amount.fen)
        return NoFields()
    }

    mutating func predict(_ asked: ReturnToTreasury) throws(Refusal) -> NoFields {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.textOutOfRange, !fits(asked.document)),
            (.unknownFund, funds[asked.fund] == nil),
        ])
        try refuse([
            (.insufficientFund, balance(.fund, asked.fund) < asked.amount.fen),
            (.clawBackOutstanding, free(asked.fund) < asked.amount.fen),
        ])
        post(.return, debit: .fund, credit: .treasury, asked.fund, asked.amount.fen)
        return NoFields()
    }

    mutating func predict(_ asked: Allocate) throws(Refusal) -> NoFields {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.unknownFund, funds[asked.fund] == nil),
            (.unknownProgramme, programmes[asked.programme] == nil),
        ])
        guard let programme = programmes[asked.programme] else { throw .unknownProgramme }
        try refuse([
            (.programmeNotApproved, programme.status == .submitted),
            (.programmeClosed, programme.status == .closed),
            (.insufficientFund, balance(.fund, asked.fund) < asked.amount.fen),
            (.allocationBelowMinimum, asked.amount.fen < setting(.allocationMinimum)),
            (.allocationAboveMaximum, asked.amount.fen > setting(.allocationMaximum)),
            (.tooManyFunds, programme.funds.union([asked.fund]).count > 4),
        ])
        programmes[asked.programme]?.funds.insert(asked.fund)
        post(
            .allocate, debit: .fund, credit: .programme(asked.programme), asked.fund, asked.amount.fen)
        return NoFields()
    }

    mutating func predict(_ asked: Reclaim) throws(Refusal) -> NoFields {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.unknownFund, funds[asked.fund] == nil),
            (.unknownProgramme, programmes[asked.programme] == nil),
        ])
        let account = Account.programme(asked.programme)
        try refuse([
            (
                .insufficientProgramme,
                balance(account, asked.fund) - promised(asked.programme, asked.fund) < asked.amount.fen
            )
        ])
        post(.reclaim, debit: account, credit: .fund, asked.fund, asked.amount.fen)
        return NoFields()
    }

    /// Whether a treasury may take in this much more of a fund: it holds what one command may move at most.
    func hasRoom(_ fund: FundID, _ amount: Amount) -> Bool {
        balance(.treasury, fund) + amount.fen <= 100_000_000_000_000
    }

    /// What of a fund and its programmes may leave: the rest is needed for money not yet clawed back.
    func free(_ fund: FundID) -> Int64 {
        let unspent = programmes.keys.reduce(balance(.fund, fund)) { $0 + balance(.programme($1), fund) }
        return unspent - payees.keys.reduce(0) { $0 + clawBack($1, fund) }
    }

    /// What a payee has been paid and must give back, of one fund.
    func clawBack(_ payee: PayeeID, _ fund: FundID) -> Int64 {
        max(0, -balance(.payable(payee), fund))
    }
}
