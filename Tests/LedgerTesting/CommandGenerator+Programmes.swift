import CBOR
import Cryptography
import LedgerDomain

// Programmes and batches.
extension CommandGenerator {
    mutating func submitProgramme(_ model: ReferenceModel) -> SubmitProgramme {
        .with {
            $0.name = text("文惠券")
            $0.document = text("诸文旅发〔2018〕3号")
            $0.rule = rule(model)
        }
    }

    mutating func approveProgramme(_ model: ReferenceModel) -> ApproveProgramme {
        let programme = programme(model) { $0.status == .submitted }
        decide(on: model.programmes[programme]?.maker)
        return .with { $0.programme = programme }
    }

    mutating func proposeRule(_ model: ReferenceModel) -> ProposeRule {
        let programme = programme(model) { $0.status == .approved }
        let now = model.programmes[programme]?.rule
        var rule = chance(500) ? rule(model) : now ?? ProgrammeRule()
        if chance(700) { rule.limits.personDay = UInt32(number(1...9)) }
        if chance(900) {
            rule.claims = now?.claims
            if rule.claims?.scope != nil { rule.points = nil }
        }
        return .with {
            $0.programme = programme
            $0.document = text("诸文旅发〔2018〕6号")
            $0.rule = chance(950) ? rule : now ?? rule
        }
    }

    mutating func approveRule(_ model: ReferenceModel) -> ApproveRule {
        let programme = programme(model) { $0.pending != nil }
        let pending = model.programmes[programme]?.pending
        decide(on: pending?.maker)
        let bytes = pending.map { $0.rule.cborBytes + $0.document.cborBytes + $0.maker.cborBytes } ?? []
        let digest = Digest128(SHA256Digest.of(bytes)) ?? .zero
        return .with {
            $0.programme = programme
            $0.proposal = chance(950) ? digest : Digest128(high: 1, low: 2)
        }
    }

    mutating func changeProgramme(_ model: ReferenceModel) -> ChangeProgramme {
        let paused = key(model.programmes, where: { $0.status == .paused })
        if let paused, chance(600) {
            return .with {
                $0.programme = paused
                $0.action = .resume
            }
        }
        let programme = programme(model) { _ in true }
        return .with {
            $0.programme = programme
            $0.action = pick([.pause, .pause, .pause, .resume, .close]) ?? .pause
        }
    }

    mutating func proposeBatch(_ model: ReferenceModel) -> ProposeBatch {
        let rich = model.programmes.filter { id, programme in
            programme.status == .approved
                && programme.funds.contains { model.balance(.programme(id), $0) >= 10_000 }
        }
        let programme =
            chance(900) ? key(rich) ?? programme(model) { _ in true } : programme(model) { _ in true }
        let face =
            (chance(970) ? pick(model.programmes[programme]?.rule.faces ?? []) : nil) ?? amount([1_000])
        let weights = weights(model, model.programmes[programme]?.funds ?? [])
        let hour: Int64 = 3_600_000_000
        let from = clock.adding(chance(850) ? -hour : number(0...10) * hour)
        let length = pick([hour, 24 * hour, 240 * hour, 2400 * hour, 2400 * hour]) ?? hour
        return .with {
            $0.programme = programme
            $0.face = face
            $0.quota = quota(programme, face, weights, model)
            $0.weights = weights
            let matches = model.programmes[programme]?.rule.topUp != nil
            $0.release = chance(matches ? 700 : 10) ? .matched : chance(750) ? .firstCome : .directed
            if chance(250) { $0.release = .lottery }
            let buys = model.programmes[programme]?.rule.points != nil
            if chance(buys ? 500 : 5) { $0.release = .points }
            $0.from = from
            $0.until = from.adding(chance(970) ? length : number(-1...1))
            $0.access = batchAccess($0)
            $0.lottery = lotteryPlan($0.release, $0.until)
            if let plan = $0.lottery, chance(800) { $0.until = plan.revealBy.adding(-2 * hour) }
        }
    }

    /// Mostly a small quota that the programme can pay; now and then all of it, one more, or what cannot be.
    private mutating func quota(
        _ programme: ProgrammeID, _ face: Amount, _ weights: FundShares, _ model: ReferenceModel
    ) -> UInt32 {
        guard chance(980), face.fen > 0, face <= .limit else { return pick([0, 1 << 20, .max]) ?? 0 }
        let whole = (0..<weights.count).reduce(Int128(0)) { $0 + Int128(weights[$1].amount.fen) }
        let most: [Int128] = (0..<weights.count).map { index in
            let weight = max(1, Int128(weights[index].amount.fen))
            return Int128(model.balance(.programme(programme), weights[index].fund)) * whole / weight
        }
        let payable = max(0, min(1_000_000, (most.min() ?? 0) / Int128(face.fen)))
        let wanted: UInt32 = pick([1, 2, 3, 5, 10, 25, 100]) ?? 1
        if chance(isPoor ? 600 : 200) { return UInt32(payable) }
        return chance(50) ? UInt32(payable) + 1 : max(1, min(wanted, UInt32(payable)))
    }

    /// One to four funds with odd weights; now and then none, or a weight that cannot be.
    private mutating func weights(_ model: ReferenceModel, _ allocated: Set<FundID>) -> FundShares {
        guard chance(980) else { return FundShares() }
        let known = chance(950) ? allocated.sorted() : model.funds.keys.sorted() + [FundID(99)]
        let funds = known.shuffled(using: &random).prefix(Int(number(1...4)))
        let odd: [Int64] = [1, 1, 2, 3, 7, 40, 60, 333, 667, 9_999, 10_000]
        let strange: [Int64] = [0, -1, 10_001, Amount.limit.fen, .max, .min]
        let amounts: [Int64] = funds.map { _ in pick(chance(990) ? odd : strange) ?? 0 }
        return FundShares(FundList(funds) ?? FundList(), Shares(fen: amounts))
    }

    mutating func approveBatch(_ model: ReferenceModel) -> ApproveBatch {
        let proposed = key(model.batches, where: { $0.status == .proposed })
        let payable = key(model.batches.filter { model.isPayable($0.key) })
        let wanted = chance(850) ? payable ?? proposed : proposed
        let batch = id(chance(950) ? wanted : recent(model.batches.count), of: model.batches.count)
        decide(on: model.batches[batch]?.maker)
        return .with { $0.batch = batch }
    }

    mutating func closeBatch(_ model: ReferenceModel) -> CloseBatch {
        let now = clock
        let over: BatchID? = recent(model.batches.count) {
            model.batches[$0].map { $0.status == .open && $0.until <= now } ?? false
        }
        let batch = chance(700) ? over : recent(model.batches.count)
        return .with { $0.batch = id(batch, of: model.batches.count) }
    }

    /// A programme for which something holds, if there is one.
    mutating func programme(
        _ model: ReferenceModel, where holds: (ModelProgramme) -> Bool
    ) -> ProgrammeID {
        let wanted = chance(960) ? key(model.programmes, where: holds) : key(model.programmes)
        return id(wanted, of: model.programmes.count)
    }
}

extension ReferenceModel {
    /// Whether a batch waits for approval and its programme can pay for it.
    func isPayable(_ id: BatchID) -> Bool {
        guard let batch = batches[id], batch.status == .proposed else { return false }
        let opened = modelApportion(batch.face * Int64(batch.quota), weights: batch.weights)
        return programmes[batch.programme]?.status == .approved
            && zip(batch.funds, opened).allSatisfy { balance(.programme(batch.programme), $0) >= $1 }
    }
}
