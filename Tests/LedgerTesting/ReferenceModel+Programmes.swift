import CBOR
import Cryptography
import LedgerDomain

// Programmes and their batches.
extension ReferenceModel {
    mutating func predict(_ asked: SubmitProgramme) throws(Refusal) -> SubmitProgramme.Accepted {
        try refuse([
            (.textOutOfRange, !fits(asked.name) || !fits(asked.document)),
            (.ruleInvalid, !asked.rule.faults.isEmpty),
        ])
        try refuse(misnamed(asked.rule))
        let id = ProgrammeID(UInt32(programmes.count + 1))
        programmes[id] = ModelProgramme(rule: asked.rule, maker: principal)
        return .with { $0.programme = id }
    }

    mutating func predict(_ asked: ApproveProgramme) throws(Refusal) -> NoFields {
        guard let programme = programmes[asked.programme] else { throw .unknownProgramme }
        try refuse([
            (.makerIsChecker, programme.maker == principal),
            (.programmeNotSubmitted, programme.status != .submitted),
        ])
        programmes[asked.programme]?.status = .approved
        return NoFields()
    }

    mutating func predict(_ asked: ProposeRule) throws(Refusal) -> ProposeRule.Accepted {
        try refuse([
            (.textOutOfRange, !fits(asked.document)),
            (.unknownProgramme, programmes[asked.programme] == nil),
        ])
        guard let programme = programmes[asked.programme] else { throw .unknownProgramme }
        try refuse([
            (.programmeNotApproved, programme.status == .submitted),
            (.programmeClosed, programme.status == .closed),
            (.ruleInvalid, !asked.rule.faults.isEmpty),
            (.ruleUnchanged, asked.rule == programme.rule || asked.rule == programme.pending?.rule),
            (.scopeFixed, asked.rule.claims?.scope != programme.rule.claims?.scope),
        ])
        try refuse(misnamed(asked.rule))
        programmes[asked.programme]?.pending = (asked.document, asked.rule, principal)
        return .with { $0.version = UInt32(programme.versions) }
    }

    mutating func predict(_ asked: ApproveRule) throws(Refusal) -> ApproveRule.Accepted {
        guard let programme = programmes[asked.programme] else { throw .unknownProgramme }
        let waiting = programme.pending.map { pending in
            SHA256Digest.of(
                pending.rule.cborBytes + pending.document.cborBytes + pending.maker.name.cborBytes
            ).prefix(16)
        }
        try refuse([
            (.makerIsChecker, programme.pending?.maker == principal),
            (.programmeClosed, programme.status == .closed),
            (.ruleNotProposed, waiting.map { Array($0) } != asked.proposal.bytes),
        ])
        programmes[asked.programme]?.rule = programme.pending?.rule ?? programme.rule
        programmes[asked.programme]?.pending = nil
        programmes[asked.programme]?.versions += 1
        return .with { $0.version = UInt32(programme.versions) }
    }

    mutating func predict(_ asked: ChangeProgramme) throws(Refusal) -> NoFields {
        guard let programme = programmes[asked.programme] else { throw .unknownProgramme }
        try refuse([
            (.programmeNotApproved, programme.status == .submitted),
            (.programmeClosed, programme.status == .closed),
            (.programmePaused, programme.status == .paused && asked.action == .pause),
            (.programmeNotPaused, programme.status != .paused && asked.action == .resume),
        ])
        let drawing = batches.contains { id, batch in
            batch.programme == asked.programme && batch.status == .open && lotteries[id].map(binds) ?? false
        }
        try refuse([(.lotteryUnderWay, asked.action == .close && drawing)])
        programmes[asked.programme]?.status =
            switch asked.action {
            case .pause: .paused
            case .resume: .approved
            case .close: .closed
            }
        return NoFields()
    }

    mutating func predict(_ asked: ProposeBatch) throws(Refusal) -> ProposeBatch.Accepted {
        let named = (0..<asked.weights.count).map { asked.weights[$0] }
        try refuse([
            (.unknownProgramme, programmes[asked.programme] == nil),
            (.unknownFund, !named.allSatisfy { funds[$0.fund] != nil }),
        ])
        guard let programme = programmes[asked.programme] else { throw .unknownProgramme }
        let (value, overflow) = asked.face.fen.multipliedReportingOverflow(by: Int64(asked.quota))
        try refuse([
            (.programmeClosed, programme.status == .closed),
            (.faceNotInRule, !programme.rule.faces.contains(asked.face)),
            (.quotaOutOfRange, !(1...100_000_000).contains(asked.quota)),
            (.quotaOutOfRange, overflow || value > 100_000_000_000_000),
            (.fundingInvalid, named.isEmpty || !named.allSatisfy { (1...10_000).contains($0.amount.fen) }),
            (.windowInvalid, asked.from >= asked.until),
            (.releaseNotInRule, asked.release == .matched && programme.rule.topUp == nil),
            (.releaseNotInRule, asked.release == .points && programme.rule.points == nil),
            (.lotteryInvalid, !isDrawable(asked)),
            (.accessInvalid, asked.access.map { !isPossible($0, asked) } ?? false),
        ])
        let id = BatchID(UInt32(batches.count + 1))
        batches[id] = ModelBatch(
            programme: asked.programme, rule: programme.rule, face: asked.face.fen, quota: asked.quota,
            release: asked.release,
            funds: named.map(\.fund), weights: named.map(\.amount.fen), from: asked.from,
            until: asked.until, access: asked.access, maker: principal)
        if let plan = asked.lottery { lotteries[id] = ModelLottery(plan: plan) }
        return .with { $0.batch = id }
    }

    mutating func predict(_ asked: ApproveBatch) throws(Refusal) -> ApproveBatch.Accepted {
        guard let batch = batches[asked.batch] else { throw .unknownBatch }
        let opened = modelApportion(batch.face * Int64(batch.quota), weights: batch.weights)
        let programme = Account.programme(batch.programme)
        let lines = zip(batch.funds, opened)
        try refuse([
            (.makerIsChecker, batch.maker == principal),
            (.programmeNotApproved, programmes[batch.programme]?.status == .submitted),
            (.programmeClosed, programmes[batch.programme]?.status == .closed),
            (.batchNotProposed, batch.status != .proposed),
            (
                .insufficientProgramme,
                lines.contains { balance(programme, $0) - promised(batch.programme, $0) < $1 }
            ),
            (.clawBackOutstanding, lines.contains { free($0) < $1 }),
        ])
        batches[asked.batch]?.status = .open
        batches[asked.batch]?.opened = opened
        post(.open, debit: programme, credit: .batch(asked.batch), batch.funds, opened)
        return .with {
            $0.programme = batch.programme
            $0.opened = shares(batch.funds, opened)
        }
    }

    mutating func predict(_ asked: CloseBatch) throws(Refusal) -> CloseBatch.Accepted {
        guard let batch = batches[asked.batch] else { throw .unknownBatch }
        try refuse([
            (.batchNotOpen, batch.status == .closed),
            (.lotteryUnderWay, lotteries[asked.batch].map(binds) ?? false),
        ])
        let unused = batch.funds.map { balance(.batch(asked.batch), $0) }
        batches[asked.batch]?.status = .closed
        post(
            .close, debit: .batch(asked.batch), credit: .programme(batch.programme), batch.funds, unused)
        return .with {
            $0.programme = batch.programme
            $0.unused = shares(batch.funds, unused)
        }
    }
}
