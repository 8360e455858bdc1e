package import LedgerDomain

/// One command as somebody gives it: under a name, at a time of a clock that may run backwards.
package struct GivenCommand: Sendable {
    package var command: any Operation
    package var clock: Instant
    package var principal: Principal
}

/// Makes long command sequences from a seed, biased to collisions: the same voucher, order and person,
/// amounts at a boundary, instants at an expiry, the last voucher of a quota.
///
/// It looks at the model's state to aim well, and misses on purpose now and then.
package struct CommandGenerator: Sendable {
    var random: SeededGenerator
    /// 2018-06-01T08:00:00+08:00 at the beginning.
    var clock = Instant(microseconds: 1_527_811_200_000_000)
    /// Who gives the command under way.
    var principal = Principal.system
    /// Grows with every fresh name.
    var counter = 0
    /// Which step of a scene comes next; `nil` between scenes.
    var scene: Int?
    /// What just expires or begins, for the next few commands.
    var focus = ModelFocus()

    /// Whether the funds never hold much, so that what is to be clawed back matters: one seed in three.
    let isPoor: Bool

    let people = ["甲", "乙", "丙", "丁"].compactMap { Principal($0) }
    let categories = ["演出", "电影", "图书", "景区"]
    let channels = ["wechat", "alipay", "pos"]
    let regions = [LedgerCode(370_782), LedgerCode(370_783), LedgerCode(370_700), LedgerCode(371_300)]

    package init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        isPoor = Int.random(in: 0..<3, using: &random) == 0
    }

    /// The next command for a ledger that is where `model` is.
    package mutating func next(_ model: ReferenceModel) -> GivenCommand {
        advance(model)
        principal = pick(people) ?? .system
        let command = sceneCommand(model) ?? randomCommand(model)
        let clock = chance(40) ? clock.adding(-number(0...3_600_000_000)) : clock
        return GivenCommand(command: command, clock: clock, principal: principal)
    }

    private mutating func randomCommand(_ model: ReferenceModel) -> any Operation {
        if model.code == nil && chance(700) { return openLedger() }
        return command(focus.rest > 0 && chance(850) ? pick(focus.types) ?? .redeem : type(model), model)
    }

    /// What to do next: mostly what there is something to do with.
    private mutating func type(_ model: ReferenceModel) -> OperationType {
        let weights =
            moneyWeights(model) + registryWeights(model) + saleWeights(model) + settlementWeights(model)
            + lotteryWeights(model) + supplyWeights(model) + pointsWeights(model) + closingWeights(model)
        var roll = number(0...(weights.reduce(-1) { $0 + $1.1 }))
        for (type, weight) in weights {
            if roll < weight { return type }
            roll -= weight
        }
        return .issue
    }

    private func moneyWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        let issuing = model.batches.keys.count { model.isIssuing($0, at: clock) }
        let payable = model.batches.keys.contains { model.isPayable($0) }
        let approved = model.programmes.values.count { $0.status == .approved }
        let submitted = model.programmes.values.contains { $0.status == .submitted }
        let planned = model.plans.values.contains { !$0.approved }
        return [
            (.openLedger, 1), (.changeSetting, 4),
            (.createFund, model.funds.count < (isPoor ? 2 : 6) ? 200 : 1),
            (.appropriate, isPoor ? 2 : 30), (.returnToTreasury, 8), (.submitPlan, 5),
            (.approvePlan, planned ? 12 : 2),
            (.remit, 12), (.receive, 6), (.undoRemit, 4), (.undoReceive, 4),
            (.submitProgramme, approved < (isPoor ? 3 : 6) ? 100 : 2),
            (.approveProgramme, submitted ? 120 : 2),
            (.proposeRule, 12), (.publishCatalogue, model.catalogues.count < 3 ? 12 : 3),
            (.approveRule, model.programmes.values.contains { $0.pending != nil } ? 30 : 2),
            (.changeProgramme, 7), (.allocate, issuing < 8 ? 80 : 20), (.reclaim, 5),
            (.proposeBatch, issuing < 8 ? 80 : 5), (.approveBatch, payable ? 100 : 4), (.closeBatch, 4),
        ]
    }

    private func registryWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        let staged = !model.staged.isEmpty
        return [
            (.importMerchant, model.merchants.count < 8 ? 150 : 4),
            (.importOutlet, model.outlets.count < 16 ? 150 : 4),
            (.importTerminal, model.terminals.count < 8 ? 80 : 4), (.closeImport, staged ? 40 : 2),
            (.changeMerchant, 16), (.eraseResident, 12),
            (.grantRoles, model.accounts.count < 4 ? 24 : 8), (.recordAccess, 12),
            (.publishKeys, model.keyLists < 3 ? 40 : 6),
        ]
    }

    private func saleWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        let (some, open) = (!model.vouchers.isEmpty, hasOpenAuthorisation(model))
        return [
            (.issue, model.batches.isEmpty ? 4 : 300), (.handBack, some ? 30 : 2), (.lapse, some ? 50 : 2),
            (.authorise, some ? 200 : 2), (.capture, open ? 200 : 15), (.void, open ? 40 : 5),
            (.redeem, some ? 180 : 2), (.refund, model.redemptions.isEmpty ? 2 : 120),
            (.issueCredential, some ? 60 : 2), (.issuePaper, some ? 20 : 2),
            (.revokeCredential, model.credentials.isEmpty ? 1 : 4),
            (.redeemOffline, model.credentials.isEmpty ? 2 : 110),
        ]
    }

    private func settlementWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        func any(_ status: Settlement.Status) -> Bool {
            model.settlements.values.contains { $0.status == status }
        }
        let payable = model.settlements.values.contains { $0.status == .exported && $0.stands }
        let some = !model.settlements.isEmpty
        return [
            (.buildSettlement, any(.built) ? 2 : 15), (.addSettlementLine, any(.built) ? 60 : 2),
            (.sealSettlement, any(.built) ? 12 : 1), (.approveSettlement, any(.sealed) ? 50 : 2),
            (.rejectSettlement, some ? 6 : 1), (.exportSettlement, any(.approved) ? 50 : 2),
            (.payLine, payable ? 90 : 3), (.undoLine, some ? 25 : 1),
            (.recover, model.redemptions.isEmpty ? 1 : 15),
        ]
    }

    private mutating func command(_ type: OperationType, _ model: ReferenceModel) -> any Operation {
        switch type {
        case .openLedger: openLedger()
        case .changeSetting: changeSetting(model)
        case .createFund: createFund()
        case .appropriate: appropriate(model)
        case .returnToTreasury: returnToTreasury(model)
        case .submitPlan: submitPlan(model)
        case .approvePlan: approvePlan(model)
        case .remit: remit(model)
        case .receive: receive(model)
        case .undoRemit: undoRemit(model)
        case .undoReceive: undoReceive(model)
        case .submitProgramme: submitProgramme(model)
        case .approveProgramme: approveProgramme(model)
        case .changeProgramme: changeProgramme(model)
        case .allocate: allocate(model)
        case .reclaim: reclaim(model)
        case .proposeBatch: proposeBatch(model)
        case .approveBatch: approveBatch(model)
        case .closeBatch: closeBatch(model)
        case .importMerchant: importMerchant(model)
        case .importOutlet: importOutlet(model)
        case .importTerminal: importTerminal(model)
        case .closeImport: closeImport(model)
        case .changeMerchant: changeMerchant(model)
        case .issue: issue(model)
        case .handBack: handBack(model)
        case .lapse: lapse(model)
        case .authorise: authorise(model)
        case .capture: capture(model)
        case .void: void(model)
        case .redeem: redeem(model)
        case .refund: refund(model)
        case .buildSettlement: buildSettlement(model)
        case .addSettlementLine: addSettlementLine(model)
        case .sealSettlement: sealSettlement(model)
        case .approveSettlement: approveSettlement(model)
        case .rejectSettlement: rejectSettlement(model)
        case .exportSettlement: exportSettlement(model)
        case .payLine: payLine(model)
        case .undoLine: undoLine(model)
        case .recover: recover(model)
        case .eraseResident: eraseResident()
        case .grantRoles: grantRoles(model)
        case .recordAccess: recordAccess(model)
        case .publishKeys: publishKeys(model)
        case .issueCredential: issueCredential(model)
        case .revokeCredential: revokeCredential(model)
        case .issuePaper: issuePaper(model)
        case .redeemOffline: redeemOffline(model)
        case .commitSeed: commitSeed(model)
        case .enterLottery: enterLottery(model)
        case .freezeLottery: freezeLottery(model)
        case .revealSeed: revealSeed(model)
        case .voidLottery: voidLottery(model)
        case .proposeSession: proposeSession(model)
        case .approveSession: approveSession(model)
        case .admit: admit(model)
        case .closeAdmissions: closeAdmissions(model)
        case .settleSession: settleSession(model)
        case .cancelSession: cancelSession(model)
        case .proposeAward: proposeAward(model)
        case .approveAward: approveAward(model)
        case .rejectAward: rejectAward(model)
        case .clawBackAward: clawBackAward(model)
        case .earnPoints: earnPoints(model)
        case .expirePoints: expirePoints(model)
        case .proposeRule: proposeRule(model)
        case .approveRule: approveRule(model)
        case .publishCatalogue: publishCatalogue(model)
        case .holdPayee: holdPayee(model)
        case .proposePayeeChange: proposePayeeChange(model)
        case .approvePayeeChange: approvePayeeChange(model)
        case .rejectPayeeChange: rejectPayeeChange(model)
        case .draftReport: draftReport(model)
        case .signReport: signReport(model)
        case .closeMonth: closeMonth(model)
        case .proposeCorrection: proposeCorrection(model)
        case .approveCorrection: approveCorrection(model)
        case .rejectCorrection: rejectCorrection(model)
        case .recordReconciliation: recordReconciliation(model)
        case .proposeResolution: proposeResolution(model)
        case .approveResolution: approveResolution(model)
        case .rejectResolution: rejectResolution(model)
        case .reopenDifference: reopenDifference(model)
        }
    }
}
