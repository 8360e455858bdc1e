internal import CBOR

/// Every operation with the number that events carry; a number is never reused.
package enum OperationType: UInt8, CaseIterable, Sendable, CBORCodable {
    case openLedger = 1
    case changeSetting = 2
    case createFund = 3
    case appropriate = 4
    case returnToTreasury = 5
    case submitPlan = 6
    case approvePlan = 7
    case remit = 8
    case receive = 9
    case undoRemit = 10
    case undoReceive = 11
    case submitProgramme = 12
    case approveProgramme = 13
    case changeProgramme = 14
    case allocate = 15
    case reclaim = 16
    case proposeBatch = 17
    case approveBatch = 18
    case closeBatch = 19
    case importMerchant = 20
    case importOutlet = 21
    case importTerminal = 22
    case closeImport = 23
    case changeMerchant = 24
    case issue = 25
    case handBack = 26
    case lapse = 27
    case authorise = 28
    case capture = 29
    case void = 30
    case redeem = 31
    case refund = 32
    case buildSettlement = 33
    case addSettlementLine = 34
    case sealSettlement = 35
    case approveSettlement = 36
    case rejectSettlement = 37
    case exportSettlement = 38
    case payLine = 39
    case undoLine = 40
    case recover = 41
    case eraseResident = 42
    case publishKeys = 43
    case issueCredential = 44
    case revokeCredential = 45
    case issuePaper = 46
    case redeemOffline = 47
    case commitSeed = 48
    case enterLottery = 49
    case freezeLottery = 50
    case revealSeed = 51
    case voidLottery = 52
    case proposeSession = 53
    case approveSession = 54
    case admit = 55
    case settleSession = 56
    case cancelSession = 57
    case proposeAward = 58
    case approveAward = 59
    case rejectAward = 60
    case clawBackAward = 61
    case earnPoints = 62
    case expirePoints = 63
    case proposeRule = 64
    case approveRule = 65
    case publishCatalogue = 66
    case closeAdmissions = 67
    case grantRoles = 68
    case recordAccess = 69
    case holdPayee = 70
    case proposePayeeChange = 71
    case approvePayeeChange = 72
    case rejectPayeeChange = 73
    case draftReport = 74
    case signReport = 75
    case closeMonth = 76
    case proposeCorrection = 77
    case approveCorrection = 78
    case rejectCorrection = 79
    case recordReconciliation = 80
    case proposeResolution = 81
    case approveResolution = 82
    case rejectResolution = 83
    case reopenDifference = 84

    /// The operation of this number.
    package var operation: any Operation.Type {
        switch self {
        case .openLedger: OpenLedger.self
        case .changeSetting: ChangeSetting.self
        case .createFund: CreateFund.self
        case .appropriate: Appropriate.self
        case .returnToTreasury: ReturnToTreasury.self
        case .submitPlan: SubmitPlan.self
        case .approvePlan: ApprovePlan.self
        case .remit: Remit.self
        case .receive: Receive.self
        case .undoRemit: UndoRemit.self
        case .undoReceive: UndoReceive.self
        case .submitProgramme: SubmitProgramme.self
        case .approveProgramme: ApproveProgramme.self
        case .changeProgramme: ChangeProgramme.self
        case .allocate: Allocate.self
        case .reclaim: Reclaim.self
        case .proposeBatch: ProposeBatch.self
        case .approveBatch: ApproveBatch.self
        case .closeBatch: CloseBatch.self
        case .importMerchant: ImportMerchant.self
        case .importOutlet: ImportOutlet.self
        case .importTerminal: ImportTerminal.self
        case .closeImport: CloseImport.self
        case .changeMerchant: ChangeMerchant.self
        case .issue: Issue.self
        case .handBack: HandBack.self
        case .lapse: Lapse.self
        case .authorise: Authorise.self
        case .capture: Capture.self
        case .void: VoidAuthorisation.self
        case .redeem: Redeem.self
        case .refund: Refund.self
        case .buildSettlement: BuildSettlement.self
        case .addSettlementLine: AddSettlementLine.self
        case .sealSettlement: SealSettlement.self
        case .approveSettlement: ApproveSettlement.self
        case .rejectSettlement: RejectSettlement.self
        case .exportSettlement: ExportSettlement.self
        case .payLine: PayLine.self
        case .undoLine: UndoLine.self
        case .recover: Recover.self
        case .eraseResident: EraseResident.self
        case .publishKeys: PublishKeys.self
        case .issueCredential: IssueCredential.self
        case .revokeCredential: RevokeCredential.self
        case .issuePaper: IssuePaper.self
        case .redeemOffline: RedeemOffline.self
        case .commitSeed: CommitSeed.self
        case .enterLottery: EnterLottery.self
        case .freezeLottery: FreezeLottery.self
        case .revealSeed: RevealSeed.self
        case .voidLottery: VoidLottery.self
        case .proposeSession: ProposeSession.self
        case .approveSession: ApproveSession.self
        case .admit: Admit.self
        case .settleSession: SettleSession.self
        case .cancelSession: CancelSession.self
        case .proposeAward: ProposeAward.self
        case .approveAward: ApproveAward.self
        case .rejectAward: RejectAward.self
        case .clawBackAward: ClawBackAward.self
        case .earnPoints: EarnPoints.self
        case .expirePoints: ExpirePoints.self
        case .proposeRule: ProposeRule.self
        case .approveRule: ApproveRule.self
        case .publishCatalogue: PublishCatalogue.self
        case .closeAdmissions: CloseAdmissions.self
        case .grantRoles: GrantRoles.self
        case .recordAccess: RecordAccess.self
        case .holdPayee: HoldPayee.self
        case .proposePayeeChange: ProposePayeeChange.self
        case .approvePayeeChange: ApprovePayeeChange.self
        case .rejectPayeeChange: RejectPayeeChange.self
        case .draftReport: DraftReport.self
        case .signReport: SignReport.self
        case .closeMonth: CloseMonth.self
        case .proposeCorrection: ProposeCorrection.self
        case .approveCorrection: ApproveCorrection.self
        case .rejectCorrection: RejectCorrection.self
        case .recordReconciliation: RecordReconciliation.self
        case .proposeResolution: ProposeResolution.self
        case .approveResolution: ApproveResolution.self
        case .rejectResolution: RejectResolution.self
        case .reopenDifference: ReopenDifference.self
        }
    }
}
