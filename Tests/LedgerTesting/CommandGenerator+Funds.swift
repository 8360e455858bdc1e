import CBOR
import LedgerDomain

// Opening, settings, funds and remittances.
extension CommandGenerator {
    mutating func openLedger() -> OpenLedger {
        .with {
            $0.code = LedgerCode(370_782)
            $0.name = text("诸城市")
            $0.practice = chance(500)
        }
    }

    mutating func changeSetting(_ model: ReferenceModel) -> ChangeSetting {
        let isStrict = model.setting(.tokenRequired) == 1
        let setting = isStrict && chance(700) ? .tokenRequired : pick(Setting.allCases) ?? .allocationMinimum
        let limit = Amount.limit.fen
        let values: [Int64] =
            switch setting {
            case .allocationMinimum: [5_000, 5_000, 1, 10_000, model.setting(.allocationMaximum)]
            case .allocationMaximum: [100_000_000, 100_000_000, model.setting(.allocationMinimum), limit]
            case .matchingMinimum: [50_000_000, 50_000_000, 1, model.setting(.matchingMaximum)]
            case .matchingMaximum: [100_000_000, 100_000_000, model.setting(.matchingMinimum), limit]
            case .settlementMinimum: [1, 1, 0, 500, 2_000]
            case .authorisationLifetime: [900_000_000, 900_000_000, 60_000_000, 86_400_000_000]
            case .businessDayCutOff: [0, 0, 21_600_000_000, 86_399_999_999]
            case .offlineCap: [50_000, 50_000, 5_000, 100_000_000, 100_000_001]
            case .paperCap: [50_000, 5_000, 2_000, 100_000_000, 100_000_001]
            case .offlineLifetime: [604_800_000_000, 604_800_000_000, 86_400_000_000, 60_000_000]
            case .offlineGrace: [604_800_000_000, 3_600_000_000, 7_200_000_000, 2_592_000_000_000]
            case .revocationListAge: [86_400_000_000, 3_600_000_000, 604_800_000_000]
            case .tokenRequired: [0, 0, 0, 0, 0, 1]
            case .paymentTerm: [864_000_000_000, 86_400_000_000, 7_776_000_000_000]
            }
        return .with {
            $0.setting = setting
            $0.value = amount(values).fen
        }
    }

    mutating func createFund() -> CreateFund {
        .with {
            $0.level = pick(FundLevel.allCases) ?? .county
            $0.fiscalYear = pick([2018, 2018, 2019]) ?? 2018
            $0.matching = chance(300)
            $0.treasury = text("诸城市国库")
            $0.document = text("诸财教指〔2018〕1号")
            $0.functionalCode = text("2070199")
            $0.economicCode = text("30999")
        }
    }

    mutating func appropriate(_ model: ReferenceModel) -> Appropriate {
        let fund = fund(model)
        return .with {
            $0.fund = fund
            $0.amount = amount(
                isPoor ? [5_000, 6_000, 10_000, 23_456] : [1_000, 7_654_321, 300_000_000, 5_000_000_000])
            $0.reference = text("拨款")
        }
    }

    mutating func returnToTreasury(_ model: ReferenceModel) -> ReturnToTreasury {
        let fund = fund(model)
        return .with {
            $0.fund = fund
            $0.amount = amount([1, 5_000, model.balance(.fund, fund), model.free(fund), model.free(fund) + 1])
            $0.document = text("年终结余")
        }
    }

    mutating func allocate(_ model: ReferenceModel) -> Allocate {
        let filled = key(model.funds.filter { model.balance(.fund, $0.key) >= 5_000 })
        let fund = chance(900) ? filled ?? fund(model) : fund(model)
        let programme = programme(model) { $0.status == .approved }
        let whole = model.balance(.fund, fund)
        let bounds = [model.setting(.allocationMinimum), model.setting(.allocationMaximum)]
        let parts: [Int64] = [50_000, 1_000_000, 3_333_333, 20_000_000]
        return .with {
            $0.fund = fund
            $0.programme = programme
            $0.amount = amount(isPoor || chance(100) ? [whole] : chance(150) ? bounds : parts)
        }
    }

    mutating func reclaim(_ model: ReferenceModel) -> Reclaim {
        let programme = programme(model) { _ in true }
        let fund = id(pick(model.programmes[programme]?.funds.sorted() ?? []), of: model.funds.count)
        return .with {
            $0.fund = fund
            $0.programme = programme
            $0.amount = amount([1, 5_000, model.balance(.programme(programme), fund)])
        }
    }

    mutating func submitPlan(_ model: ReferenceModel) -> SubmitPlan {
        let matching = key(model.funds, where: \.matching)
        let count = number(chance(950) ? 1...3 : 0...0)
        var lines: [PlanLine] = []
        for _ in 0..<count {
            var line = PlanLine()
            line.ledger = ledger()
            line.amount = amount([
                20_000_000, 30_000_000, model.setting(.matchingMinimum), model.setting(.matchingMaximum),
            ])
            lines.append(line)
        }
        return .with {
            $0.fund = chance(900) ? id(matching, of: model.funds.count) : fund(model)
            $0.lines = lines
            $0.document = text("鲁财教指〔2018〕9号")
        }
    }

    mutating func approvePlan(_ model: ReferenceModel) -> ApprovePlan {
        let plan = chance(900) ? key(model.plans, where: { !$0.approved }) : recent(model.plans.count)
        decide(on: plan.flatMap { model.plans[$0]?.maker })
        return .with { $0.plan = id(plan, of: model.plans.count) }
    }

    mutating func remit(_ model: ReferenceModel) -> Remit {
        var fund = fund(model)
        var recipient = ledger()
        let plan = key(model.plans, where: \.approved).flatMap { model.plans[$0] }
        let line = pick(plan?.lines ?? [])
        if let plan, let line, chance(800) {
            fund = plan.fund
            recipient = line.ledger
        }
        let sent = model.balance(.remitted(recipient), fund)
        return .with {
            $0.fund = fund
            $0.recipient = recipient
            $0.amount = amount([
                1, 10_000, 10_000_000, line?.amount.fen ?? 1, (line?.amount.fen ?? 2) - sent,
                model.balance(.fund, fund), model.free(fund), model.free(fund) + 1,
            ])
        }
    }

    mutating func receive(_ model: ReferenceModel) -> Receive {
        .with {
            $0.fund = fund(model)
            $0.sender = ledger()
            $0.remittance = UInt64(number(0...40))
            $0.amount = amount([1, 5_000, isPoor ? 500 : 1_000_000])
        }
    }

    mutating func undoRemit(_ model: ReferenceModel) -> UndoRemit {
        let event = chance(800) ? key(model.remittances, where: { !$0.undone }) : key(model.remittances)
        return .with { $0.event = chance(900) ? event ?? 0 : UInt64(number(0...Int64(model.number + 1))) }
    }

    mutating func undoReceive(_ model: ReferenceModel) -> UndoReceive {
        let event = chance(800) ? key(model.receipts, where: { !$0.undone }) : key(model.receipts)
        return .with { $0.event = chance(900) ? event ?? 0 : UInt64(number(0...Int64(model.number + 1))) }
    }

    mutating func fund(_ model: ReferenceModel) -> FundID {
        id(key(model.funds), of: model.funds.count)
    }

    private mutating func ledger() -> LedgerCode {
        LedgerCode(pick([370_000, 370_102, 370_211, 370_303, 370_481, 370_782]) ?? 370_000)
    }
}
