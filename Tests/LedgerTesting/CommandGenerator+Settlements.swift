import CBOR
import LedgerDomain

// Settlements on all their paths.
extension CommandGenerator {
    mutating func buildSettlement(_ model: ReferenceModel) -> BuildSettlement {
        let today = model.today.days
        return .with {
            $0.through = BusinessDay(days: today - Int32(chance(900) ? number(1...3) : number(-1...0)))
        }
    }

    mutating func addSettlementLine(_ model: ReferenceModel) -> AddSettlementLine {
        let settlement = settlement(.built, model)
        let through = model.settlements[settlement]?.through ?? model.today
        var candidates: [(PayeeID, FundID)] = []
        for payee in model.payees.keys.sorted() {
            for fund in model.funds.keys.sorted() {
                let taken = model.takable(payee, fund, through: through)
                if taken.values.contains(where: { $0.total > 0 }) { candidates.append((payee, fund)) }
            }
        }
        let wanted = chance(900) ? pick(candidates) : nil
        return .with {
            $0.settlement = settlement
            $0.payee = id(wanted?.0 ?? key(model.payees), of: model.payees.count)
            $0.fund = id(wanted?.1 ?? key(model.funds), of: model.funds.count)
        }
    }

    mutating func sealSettlement(_ model: ReferenceModel) -> SealSettlement {
        let settlement = settlement(.built, model)
        return .with { $0.settlement = settlement }
    }

    mutating func approveSettlement(_ model: ReferenceModel) -> ApproveSettlement {
        let settlement = settlement(.sealed, model)
        decide(on: model.settlements[settlement]?.maker)
        return .with { $0.settlement = settlement }
    }

    mutating func rejectSettlement(_ model: ReferenceModel) -> RejectSettlement {
        let undone = key(model.settlements, where: { $0.status == .sealed && !$0.stands })
        let sealed = settlement(chance(950) ? .sealed : .built, model)
        let settlement = chance(700) ? undone ?? sealed : sealed
        decide(on: model.settlements[settlement]?.maker)
        return .with {
            $0.settlement = settlement
            $0.reason = text("金额有误")
        }
    }

    mutating func exportSettlement(_ model: ReferenceModel) -> ExportSettlement {
        let settlement = settlement(.approved, model)
        return .with { $0.settlement = settlement }
    }

    mutating func payLine(_ model: ReferenceModel) -> PayLine {
        let settlement = settlement(.exported, model)
        let line = line(.sealed, model.settlements[settlement])
        return .with {
            $0.settlement = settlement
            $0.line = line
            $0.reference = text("回单")
        }
    }

    mutating func undoLine(_ model: ReferenceModel) -> UndoLine {
        let reason = pick(UndoLine.Reason.allCases) ?? .held
        let wanted: Settlement.Status =
            switch reason {
            case .failed: .exported
            case .held: pick([.built, .sealed, .sealed, .approved, .approved, .exported]) ?? .sealed
            case .rejected: .sealed
            case .bounced: pick([.exported, .closed]) ?? .closed
            }
        let settlement = settlement(wanted, model)
        let line = line(reason == .bounced ? .paid : .sealed, model.settlements[settlement])
        if chance(300) { decide(on: model.settlements[settlement]?.maker) }
        return .with {
            $0.settlement = settlement
            $0.line = line
            $0.reason = reason
            $0.note = text("退票")
        }
    }

    mutating func recover(_ model: ReferenceModel) -> Recover {
        var candidates: [(MerchantID, FundID, Int64)] = []
        for (id, merchant) in model.merchants.sorted(by: { $0.key < $1.key }) {
            for fund in model.funds.keys.sorted() {
                let outstanding = model.clawBack(merchant.payee, fund)
                if outstanding > 0 { candidates.append((id, fund, outstanding)) }
            }
        }
        let wanted = chance(900) ? pick(candidates) : nil
        let outstanding = wanted?.2 ?? 1
        return .with {
            $0.merchant = id(wanted?.0 ?? key(model.merchants), of: model.merchants.count)
            $0.fund = id(wanted?.1 ?? key(model.funds), of: model.funds.count)
            $0.amount = amount([outstanding, outstanding, max(1, outstanding / 2), 1])
            $0.reference = text("追回")
        }
    }

    private mutating func settlement(
        _ status: Settlement.Status, _ model: ReferenceModel
    ) -> SettlementID {
        let wanted = key(model.settlements, where: { $0.status == status })
        let any: SettlementID? = recent(model.settlements.count)
        return id(chance(940) ? wanted ?? any : any, of: model.settlements.count)
    }

    private mutating func line(_ status: SettlementLine.Status, _ settlement: ModelSettlement?) -> UInt32 {
        let lines = settlement?.lines ?? []
        let fitting = lines.indices.filter { lines[$0].status == status }
        let index = chance(900) ? pick(fitting) ?? 0 : Int(number(0...Int64(lines.count)))
        return chance(985) ? UInt32(index + 1) : pick([0, UInt32(lines.count + 1), .max]) ?? 0
    }
}
