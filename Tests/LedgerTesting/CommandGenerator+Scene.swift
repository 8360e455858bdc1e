import CBOR
import LedgerDomain

// A scene that dice would hardly play: a fund's last money is paid out, refunded to the voucher, and redeemed
// again at a merchant with another payee. Until the first payee gives it back, the treasury is short.
extension CommandGenerator {
    /// The next step of the scene under way, or the first of one that begins now and then.
    mutating func sceneCommand(_ model: ReferenceModel) -> (any Operation)? {
        if scene == nil, model.outlets.count >= 2, chance(1) { scene = 0 }
        guard let step = scene else { return nil }
        let operation =
            preparation(step, model) ?? payment(step, model) ?? shortage(step, model) ?? recovery(step, model)
        scene = operation == nil ? nil : step + 1
        return operation
    }

    /// Half of a fund of 200 yuan goes to another ledger; the rest becomes one voucher, which is redeemed.
    private mutating func preparation(_ step: Int, _ model: ReferenceModel) -> (any Operation)? {
        let fund = FundID(UInt32(model.funds.count))
        let programme = ProgrammeID(UInt32(model.programmes.count))
        let batch = BatchID(UInt32(model.batches.count))
        switch step {
        case 0:
            var asked = createFund()
            asked.matching = false
            return asked
        case 1: return appropriation(fund, 20_000)
        case 2: return remittance(fund, 10_000)
        case 3: return submitted()
        case 4:
            decide(on: model.programmes[programme]?.maker)
            return ApproveProgramme.with { $0.programme = programme }
        case 5: return allocation(programme, fund, 10_000)
        case 6: return proposed(programme, [fund], 10_000)
        case 7: return approved(batch, model)
        case 8:
            return Issue.with {
                $0.batch = batch
                $0.pseudonym = Pseudonym(UInt64(programme.rawValue) << 8)
            }
        case 9: return redeemed(model, elsewhere: nil)
        default: return nil
        }
    }

    /// The merchant is paid, and the sale refunded.
    private mutating func payment(_ step: Int, _ model: ReferenceModel) -> (any Operation)? {
        let settlement = SettlementID(UInt32(model.settlements.count))
        let redemption = RedemptionID(UInt32(model.redemptions.count))
        switch step {
        case 10: return builtAfterMidnight(model)
        case 11: return added(model)
        case 12: return SealSettlement.with { $0.settlement = settlement }
        case 13:
            decide(on: model.settlements[settlement]?.maker)
            return ApproveSettlement.with { $0.settlement = settlement }
        case 14: return ExportSettlement.with { $0.settlement = settlement }
        case 15:
            return PayLine.with {
                $0.settlement = settlement
                $0.line = 1
                $0.reference = "回单"
            }
        case 16:
            return Refund.with {
                $0.redemption = redemption
                $0.bill = Amount(fen: chance(900) ? 20_000 : 19_999)
            }
        default: return nil
        }
    }

    /// The voucher is redeemed elsewhere; what is to be clawed back is missing.
    private mutating func shortage(_ step: Int, _ model: ReferenceModel) -> (any Operation)? {
        let fund = FundID(UInt32(model.funds.count))
        switch step {
        case 17:
            return redeemed(
                model, elsewhere: model.redemptions[RedemptionID(UInt32(model.redemptions.count))]?.merchant)
        case 18: return builtAfterMidnight(model)
        case 19: return added(model)
        case 20:
            return Receive.with {
                $0.fund = fund
                $0.sender = LedgerCode(370_000)
                $0.remittance = model.number
                $0.amount = Amount(fen: 5_000)
            }
        case 21: return UndoReceive.with { $0.event = model.number - 1 }
        case 22: return remittance(fund, 5_000)
        case 23:
            return ReturnToTreasury.with {
                $0.fund = fund
                $0.amount = Amount(fen: 5_000)
                $0.document = "年终结余"
            }
        default: return nil
        }
    }

    /// What is missing bars new batches too, until it comes.
    private mutating func recovery(_ step: Int, _ model: ReferenceModel) -> (any Operation)? {
        let fund = FundID(UInt32(model.funds.count))
        let programme = ProgrammeID(UInt32(model.programmes.count))
        let batch = BatchID(UInt32(model.batches.count))
        let first = model.redemptions[RedemptionID(UInt32(max(1, model.redemptions.count) - 1))]?.merchant
        switch step {
        case 24: return allocation(programme, fund, 5_000)
        case 25: return proposed(programme, [fund, FundID(fund.rawValue - 1)], 10_000)
        case 26, 28: return approved(batch, model)
        case 27: return proposed(programme, [fund], 5_000)
        case 29, 30:
            return Recover.with {
                $0.merchant = first ?? .none
                $0.fund = fund
                $0.amount = Amount(
                    fen: model.clawBack(first.flatMap { model.merchants[$0]?.payee } ?? .none, fund)
                        + (step == 29 ? 1 : 0))
                $0.reference = "追回"
            }
        case 31: return added(model)
        default: return nil
        }
    }

    private func appropriation(_ fund: FundID, _ fen: Int64) -> Appropriate {
        .with {
            $0.fund = fund
            $0.amount = Amount(fen: fen)
            $0.reference = "拨款"
        }
    }

    private func remittance(_ fund: FundID, _ fen: Int64) -> Remit {
        .with {
            $0.fund = fund
            $0.recipient = LedgerCode(370_102)
            $0.amount = Amount(fen: fen)
        }
    }

    private func submitted() -> SubmitProgramme {
        .with {
            $0.name = "文惠券"
            $0.document = "诸文旅发〔2018〕3号"
            $0.rule.faces = [Amount(fen: 10_000), Amount(fen: 5_000)]
            $0.rule.validity = 30 * 86_400_000_000
            $0.rule.refund = .reinstate
        }
    }

    private func allocation(_ programme: ProgrammeID, _ fund: FundID, _ fen: Int64) -> Allocate {
        .with {
            $0.fund = fund
            $0.programme = programme
            $0.amount = Amount(fen: fen)
        }
    }

    private func proposed(_ programme: ProgrammeID, _ funds: [FundID], _ face: Int64) -> ProposeBatch {
        .with {
            $0.programme = programme
            $0.face = Amount(fen: face)
            $0.quota = 1
            $0.weights = FundShares(FundList(funds) ?? FundList(), Shares(fen: funds.map { _ in 1 }))
            $0.from = clock
            $0.until = clock.adding(86_400_000_000)
        }
    }

    private mutating func approved(_ batch: BatchID, _ model: ReferenceModel) -> ApproveBatch {
        decide(on: model.batches[batch]?.maker)
        return .with { $0.batch = batch }
    }

    /// Redeems the last voucher at an active merchant; of another payee than `other`'s where that is given.
    private mutating func redeemed(_ model: ReferenceModel, elsewhere other: MerchantID?) -> Redeem {
        let payee = other.flatMap { model.merchants[$0]?.payee }
        let outlet = key(model.outlets) { outlet in
            let merchant = model.merchants[outlet.merchant]
            return merchant?.status == .active && merchant?.payee != payee
        }
        return .with {
            $0.voucher = VoucherID(UInt32(model.vouchers.count))
            $0.outlet = outlet ?? .none
            $0.bill = Amount(fen: 20_000)
            $0.channel = "pos"
            $0.order = fresh("订单")
        }
    }

    private mutating func builtAfterMidnight(_ model: ReferenceModel) -> BuildSettlement {
        let today = model.today
        clock = max(clock, BusinessDay(days: today.days + 1).start.adding(model.setting(.businessDayCutOff)))
        return .with { $0.through = today }
    }

    /// A line for whoever made the last redemption.
    private func added(_ model: ReferenceModel) -> AddSettlementLine {
        let last = model.redemptions[RedemptionID(UInt32(model.redemptions.count))]
        return .with {
            $0.settlement = SettlementID(UInt32(model.settlements.count))
            $0.payee = last.flatMap { model.merchants[$0.merchant]?.payee } ?? .none
            $0.fund = FundID(UInt32(model.funds.count))
        }
    }
}
