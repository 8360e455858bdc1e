import CBOR
import Cryptography
import LedgerDomain

// Payees that are held or change their account, reports, months, corrections, differences.
extension CommandGenerator {
    func closingWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        let changing = !model.payeeChanges.isEmpty
        let drafted = model.reports.values.contains { !$0.isSigned }
        let corrected = model.corrections.values.contains { $0.status == .proposed }
        func any(_ status: Resolution.Status) -> Bool {
            model.resolutions.values.contains { $0.status == status }
        }
        return [
            (.holdPayee, model.holders.isEmpty ? 6 : 14), (.proposePayeeChange, 8),
            (.approvePayeeChange, changing ? 40 : 1), (.rejectPayeeChange, changing ? 12 : 1),
            (.draftReport, 10), (.signReport, drafted ? 20 : 1),
            (.closeMonth, model.reports.values.contains { $0.isSigned } ? 8 : 1),
            (.proposeCorrection, model.redemptions.isEmpty ? 1 : 24),
            (.approveCorrection, corrected ? 40 : 1), (.rejectCorrection, corrected ? 8 : 1),
            (.recordReconciliation, 4), (.proposeResolution, 12),
            (.approveResolution, any(.proposed) ? 20 : 1), (.rejectResolution, any(.proposed) ? 8 : 1),
            (.reopenDifference, any(.approved) ? 10 : 1),
        ]
    }

    mutating func holdPayee(_ model: ReferenceModel) -> HoldPayee {
        let held = key(model.holders)
        let releases = held != nil && chance(650)
        let payee = id(releases ? held : key(model.payees), of: model.payees.count)
        if releases { decide(on: model.holders[payee]) }
        return .with {
            ($0.payee, $0.isHeld) = (payee, chance(970) ? !releases : releases)
            $0.reason = text("核查中")
        }
    }

    mutating func proposePayeeChange(_ model: ReferenceModel) -> ProposePayeeChange {
        let payee = id(key(model.payees), of: model.payees.count)
        return .with {
            $0.payee = payee
            $0.name = Digest128(high: 1, low: UInt64(counter))
            $0.account = Digest128(high: 2, low: UInt64(counter))
            $0.bankCode = text("102100099996")
            $0.evidence = text("开户许可证")
        }
    }

    /// A payee with a change, and mostly the event that proposed it.
    private mutating func payeeChange(_ model: ReferenceModel) -> (PayeeID, UInt64) {
        let waiting: PayeeID? = key(model.payeeChanges)
        let payee = id(
            chance(950) ? waiting ?? key(model.payees) : key(model.payees), of: model.payees.count)
        let event = model.payeeChanges[payee]?.event ?? model.number
        return (payee, chance(960) ? event : event &- UInt64(number(0...2)))
    }

    mutating func approvePayeeChange(_ model: ReferenceModel) -> ApprovePayeeChange {
        let (payee, event) = payeeChange(model)
        decide(on: model.payeeChanges[payee]?.maker)
        return .with { ($0.payee, $0.proposal) = (payee, event) }
    }

    mutating func rejectPayeeChange(_ model: ReferenceModel) -> RejectPayeeChange {
        let (payee, event) = payeeChange(model)
        return .with { ($0.payee, $0.proposal, $0.reason) = (payee, event, text("账号与户名不符")) }
    }

    mutating func draftReport(_ model: ReferenceModel) -> DraftReport {
        let kind = chance(700) ? .month : pick(FiledReport.Kind.allCases) ?? .month
        // Mostly a month that is over, near those that are closed.
        let next = model.closedThrough.map { BusinessDay(days: $0.days + 1) }
        let recent = BusinessDay(days: model.today.days - Int32(number(25...95))).firstOfMonth
        let from = chance(600) ? next ?? recent : recent
        let last = BusinessDay(days: from.days + Int32(kind.months * 30 + (kind.months > 3 ? 1 : -2)))
        let drafted = key(model.reports).flatMap { model.reports[$0]?.asked }
        let odd = chance(30) ? Int32(number(-1...1)) : 0
        let event = model.number
        var asked = DraftReport.with {
            ($0.kind, $0.from) = (kind, BusinessDay(days: from.days + odd))
            $0.through = chance(970) ? last.lastOfMonth : last
            $0.events = chance(980) ? event : event + 1
            $0.digest = evidence("数字")
            $0.note = chance(500) ? "" : text("补录")
        }
        if let drafted, chance(250) {
            (asked.kind, asked.from, asked.through) = (drafted.kind, drafted.from, drafted.through)
        }
        return asked
    }

    mutating func signReport(_ model: ReferenceModel) -> SignReport {
        let drafted = key(model.reports) { !$0.isSigned }
        let report = id(
            chance(930) ? drafted ?? key(model.reports) : key(model.reports), of: model.reports.count)
        decide(on: model.reports[report]?.maker)
        return .with { $0.report = report }
    }

    mutating func closeMonth(_ model: ReferenceModel) -> CloseMonth {
        let signed = key(model.reports) { $0.isSigned && $0.asked.kind == .month }
        let any = key(model.reports)
        let wanted = (chance(850) ? signed ?? any : any).flatMap { model.reports[$0]?.asked.through }
        let next = model.closedThrough.map { BusinessDay(days: $0.days + 1).lastOfMonth }
        let today = model.today
        return .with {
            $0.through = (chance(300) ? next : nil) ?? wanted ?? today.lastOfMonth
            if chance(20) { $0.through = BusinessDay(days: $0.through.days - 1) }
        }
    }

    mutating func proposeCorrection(_ model: ReferenceModel) -> ProposeCorrection {
        let redemption = id(
            recent(model.redemptions.count) { model.outstanding($0) > 0 }, of: model.redemptions.count)
        let left = model.outstanding(redemption)
        return .with {
            $0.redemption = redemption
            $0.amount = amount([left, max(1, left / 2), 1])
            $0.reason = text("商户多报")
            $0.evidence = chance(300) ? evidence("对账单") : nil
        }
    }

    mutating func approveCorrection(_ model: ReferenceModel) -> ApproveCorrection {
        let correction = correction(model)
        decide(on: model.corrections[correction]?.maker)
        return .with { $0.correction = correction }
    }

    mutating func rejectCorrection(_ model: ReferenceModel) -> RejectCorrection {
        let correction = correction(model)
        return .with { ($0.correction, $0.reason) = (correction, text("依据不足")) }
    }

    mutating func recordReconciliation(_ model: ReferenceModel) -> RecordReconciliation {
        let today = model.today
        let event = model.number
        return .with {
            $0.counterparty = text("微信支付", 64)
            $0.from = BusinessDay(days: today.days - Int32(number(0...30)))
            $0.through = chance(970) ? today : BusinessDay(days: $0.from.days - 1)
            $0.events = chance(980) ? event : event + 1
            let count = chance(960) ? number(1...3) : pick([0, 17]) ?? 0
            $0.inputs = (0..<count).map { _ in evidence("账单") }
            $0.result = evidence("结果")
            ($0.matched, $0.differences) = (UInt32(number(0...90)), UInt32(number(0...3)))
        }
    }

    mutating func proposeResolution(_ model: ReferenceModel) -> ProposeResolution {
        let earlier = key(model.resolutions).flatMap { model.resolutions[$0]?.asked.difference }
        let event = model.number
        return .with {
            $0.difference = (chance(350) ? earlier : nil) ?? evidence("差异")
            $0.kind = pick(Resolution.Class.allCases) ?? .long
            $0.amount = Amount(fen: number(-500...500))
            $0.manner = pick(Resolution.Manner.allCases) ?? .reason
            if ($0.manner == .posting) != chance(20) { $0.posting = chance(970) ? event / 2 : event }
            if ($0.manner == .statement) != chance(20) { $0.statement = evidence("新账单") }
            $0.note = text("已核实")
        }
    }

    mutating func approveResolution(_ model: ReferenceModel) -> ApproveResolution {
        let resolution = resolution(.proposed, model)
        decide(on: model.resolutions[resolution]?.maker)
        return .with { $0.resolution = resolution }
    }

    mutating func rejectResolution(_ model: ReferenceModel) -> RejectResolution {
        let resolution = resolution(.proposed, model)
        return .with { ($0.resolution, $0.reason) = (resolution, text("说明不清")) }
    }

    mutating func reopenDifference(_ model: ReferenceModel) -> ReopenDifference {
        let resolution = resolution(.approved, model)
        return .with {
            ($0.resolution, $0.evidence, $0.reason) = (resolution, evidence("来函"), text("银行来函"))
        }
    }

    /// A digest that mostly can be one.
    private mutating func evidence(_ what: String) -> Octets {
        let digest = SHA256Digest.of(Array(fresh(what).utf8))
        return chance(985) ? Octets(digest) : Octets(Array(repeating: 3, count: 31))
    }

    private mutating func correction(_ model: ReferenceModel) -> CorrectionID {
        let proposed = key(model.corrections) { $0.status == .proposed }
        let any = key(model.corrections)
        return id(chance(930) ? proposed ?? any : any, of: model.corrections.count)
    }

    private mutating func resolution(
        _ status: Resolution.Status, _ model: ReferenceModel
    ) -> ResolutionID {
        let fitting = key(model.resolutions) { $0.status == status }
        let any = key(model.resolutions)
        return id(chance(930) ? fitting ?? any : any, of: model.resolutions.count)
    }
}
