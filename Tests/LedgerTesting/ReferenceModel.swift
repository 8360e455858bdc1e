package import LedgerDomain

/// What the reference model says that the ledger must answer.
package enum ModelReply: Sendable {
    case refused(Refusal)
    /// The whole record that the event must carry, and the money that must move, in any order.
    case accepted(any EventRecord, [Posting])
}

/// A ledger as DESIGN §3 and §4 describe it, for property tests: it predicts every reply of the real one.
///
/// It is written from the specification and shares no decision with the ledger. Everything is a dictionary,
/// nothing is kept that can be counted again, and every reason to refuse is looked at before one is given.
package struct ReferenceModel: Sendable {
    /// The number of the event that the next reply belongs to.
    var number: UInt64 = 0
    /// The instant of the last event.
    var now = Instant(microseconds: 0)
    /// Who gives the command under way.
    var principal = Principal.system
    /// The money that the command under way has moved.
    var postings: [Posting] = []

    /// The ledger's own code; `nil` before it is opened.
    var code: LedgerCode?
    var settings: [Setting: Int64] = [
        .allocationMinimum: 5_000, .allocationMaximum: 100_000_000, .matchingMinimum: 50_000_000,
        .matchingMaximum: 100_000_000, .settlementMinimum: 1, .authorisationLifetime: 900_000_000,
        .businessDayCutOff: 0, .offlineCap: 50_000, .paperCap: 50_000, .offlineLifetime: 604_800_000_000,
        .offlineGrace: 604_800_000_000, .revocationListAge: 86_400_000_000, .tokenRequired: 0,
        .paymentTerm: 864_000_000_000,
    ]
    /// Every account's balance on its normal side; what is not here is zero.
    var balances: [ModelColumn: Int64] = [:]

    var funds: [FundID: ModelFund] = [:]
    var plans: [PlanID: ModelPlan] = [:]
    var remittances: [UInt64: ModelRemittance] = [:]
    var receipts: [UInt64: ModelRemittance] = [:]
    var received: Set<ModelOrigin> = []
    var programmes: [ProgrammeID: ModelProgramme] = [:]
    var batches: [BatchID: ModelBatch] = [:]
    /// Draws of batches that have one.
    var lotteries: [BatchID: ModelLottery] = [:]

    var merchants: [MerchantID: ModelMerchant] = [:]
    var payees: [PayeeID: String] = [:]
    var outlets: [OutletID: ModelOutlet] = [:]
    var terminals: [TerminalID: ModelTerminal] = [:]
    var staged: [ImportKind: ModelImport] = [:]
    var imported: Set<Digest128> = []
    /// The keys of the list published last, and how many lists there were.
    var issuerKeys: [KeyID: IssuerKey] = [:]
    var keyLists: UInt64 = 0
    /// Every token ever used, with its voucher.
    var tokens: Set<ModelToken> = []

    /// Offline credentials, and what was presented of them and taken.
    var credentials: [KeyID: ModelCredential] = [:]

    /// Who has which roles.
    var accounts: [String: Set<Role>] = [:]
    var sessions: [SessionID: ModelSession] = [:]
    /// Tickets that were counted, by the merchant and its own reference.
    var tickets: Set<ModelSale> = []
    var awards: [AwardID: ModelAward] = [:]
    /// What each person has earned and not used.
    var lots: [Pseudonym: [ModelLot]] = [:]
    var attended: Set<ModelAttendance> = []
    var catalogues: [String: [CatalogueItem]] = [:]
    var purchases: [ModelPurchase] = []
    /// When people grow up who were attested to be minors.
    var minors: [Pseudonym: Instant] = [:]
    var vouchers: [VoucherID: ModelVoucher] = [:]
    var people: [Pseudonym: ModelPerson] = [:]
    var authorisations: [AuthorisationID: ModelAuthorisation] = [:]
    var redemptions: [RedemptionID: ModelRedemption] = [:]
    /// Who claimed for whom.
    var proxied: [Pseudonym: Set<Pseudonym>] = [:]
    /// Sales that a voucher has paid for.
    var sales: Set<ModelSale> = []
    /// Top-ups that were matched.
    var topUps: Set<ModelTopUp> = []
    /// Sales of phones, by their outlets.
    var offlineSales: Set<ModelPlace> = []
    /// The subsidy each merchant has redeemed on each business day.
    var merchantDays: [MerchantID: [BusinessDay: Int64]] = [:]

    /// What each merchant is owed of each fund and no settlement has taken.
    var owed: [MerchantID: [FundID: ModelOwed]] = [:]
    var settlements: [SettlementID: ModelSettlement] = [:]
    /// Who holds the money of which payee.
    var holders: [PayeeID: Principal] = [:]
    var payeeChanges: [PayeeID: ModelPayeeChange] = [:]
    var reports: [ReportID: ModelReport] = [:]
    var closedThrough: BusinessDay?
    var corrections: [CorrectionID: ModelCorrection] = [:]
    var resolutions: [ResolutionID: ModelResolution] = [:]

    package init() {}

    /// Predicts the answer to one command and takes its effects over.
    package mutating func reply(
        to command: any Operation, at clock: Instant, by principal: Principal
    ) -> ModelReply {
        now = max(now, clock)
        self.principal = principal
        postings = []
        defer { number += 1 }
        do throws(Refusal) {
            try refuse([(.ledgerNotOpen, code == nil && !(command is OpenLedger))])
            let record = try record(of: command)
            return .accepted(record, postings)
        } catch {
            return .refused(error)
        }
    }

    /// The balance of an account of one fund, in fen.
    package func balance(_ account: Account, _ fund: FundID) -> Int64 {
        balances[ModelColumn(account: account, fund: fund)] ?? 0
    }

    /// Throws the reason that stands first in ``Refusal`` among those that apply.
    func refuse(_ reasons: [(refusal: Refusal, applies: Bool)]) throws(Refusal) {
        let applying = reasons.filter(\.applies).map(\.refusal)
        if let first = applying.min(by: { ReferenceModel.rank($0) < ReferenceModel.rank($1) }) { throw first }
    }

    private static let precedence = Dictionary(
        uniqueKeysWithValues: Refusal.allCases.enumerated().map { ($1, $0) })

    private static func rank(_ refusal: Refusal) -> Int { precedence[refusal] ?? .max }

    /// Moves an amount and notes the posting; of nothing there is no posting.
    ///
    /// A mirror names the accounts as the posting that it undoes did.
    mutating func post(
        _ kind: Posting.Kind, debit: Account, credit: Account, _ fund: FundID, _ amount: Int64,
        undoes: Bool = false
    ) {
        guard amount != 0 else { return }
        let posting = Posting(
            kind, debit: debit, credit: credit, fund, Amount(fen: amount), undoes: undoes)
        postings.append(posting)
        let debited = undoes ? credit : debit
        let credited = undoes ? debit : credit
        add(isDebitNormal(debited) ? amount : -amount, to: debited, fund)
        add(isDebitNormal(credited) ? -amount : amount, to: credited, fund)
    }

    /// Moves an amount of each of several funds.
    mutating func post(
        _ kind: Posting.Kind, debit: Account, credit: Account, _ funds: [FundID], _ amounts: [Int64]
    ) {
        for (fund, amount) in zip(funds, amounts) {
            post(kind, debit: debit, credit: credit, fund, amount)
        }
    }

    private func isDebitNormal(_ account: Account) -> Bool {
        account.kind == .treasury || account.kind == .pointsIssued
    }

    private mutating func add(_ amount: Int64, to account: Account, _ fund: FundID) {
        balances[ModelColumn(account: account, fund: fund), default: 0] += amount
    }
}

extension ReferenceModel {
    /// The record that an accepted command must give.
    private mutating func record(of command: any Operation) throws(Refusal) -> any EventRecord {
        switch command {
        case let asked as OpenLedger: accept(asked, try predict(asked))
        case let asked as ChangeSetting: accept(asked, try predict(asked))
        case let asked as CreateFund: accept(asked, try predict(asked))
        case let asked as Appropriate: accept(asked, try predict(asked))
        case let asked as ReturnToTreasury: accept(asked, try predict(asked))
        case let asked as SubmitPlan: accept(asked, try predict(asked))
        case let asked as ApprovePlan: accept(asked, try predict(asked))
        case let asked as Remit: accept(asked, try predict(asked))
        case let asked as Receive: accept(asked, try predict(asked))
        case let asked as UndoRemit: accept(asked, try predict(asked))
        case let asked as UndoReceive: accept(asked, try predict(asked))
        case let asked as SubmitProgramme: accept(asked, try predict(asked))
        case let asked as ApproveProgramme: accept(asked, try predict(asked))
        case let asked as ChangeProgramme: accept(asked, try predict(asked))
        case let asked as Allocate: accept(asked, try predict(asked))
        case let asked as Reclaim: accept(asked, try predict(asked))
        case let asked as ProposeBatch: accept(asked, try predict(asked))
        case let asked as ApproveBatch: accept(asked, try predict(asked))
        case let asked as CloseBatch: accept(asked, try predict(asked))
        case let asked as ImportMerchant: accept(asked, try predict(asked))
        case let asked as ImportOutlet: accept(asked, try predict(asked))
        case let asked as ImportTerminal: accept(asked, try predict(asked))
        case let asked as CloseImport: accept(asked, try predict(asked))
        case let asked as ChangeMerchant: accept(asked, try predict(asked))
        case let asked as Issue: accept(asked, try predict(asked))
        case let asked as HandBack: accept(asked, try predict(asked))
        case let asked as Lapse: accept(asked, try predict(asked))
        case let asked as Authorise: accept(asked, try predict(asked))
        case let asked as Capture: accept(asked, try predict(asked))
        case let asked as VoidAuthorisation: accept(asked, try predict(asked))
        case let asked as Redeem: accept(asked, try predict(asked))
        case let asked as Refund: accept(asked, try predict(asked))
        case let asked as BuildSettlement: accept(asked, try predict(asked))
        case let asked as AddSettlementLine: accept(asked, try predict(asked))
        case let asked as SealSettlement: accept(asked, try predict(asked))
        case let asked as ApproveSettlement: accept(asked, try predict(asked))
        case let asked as RejectSettlement: accept(asked, try predict(asked))
        case let asked as ExportSettlement: accept(asked, try predict(asked))
        case let asked as PayLine: accept(asked, try predict(asked))
        case let asked as UndoLine: accept(asked, try predict(asked))
        case let asked as Recover: accept(asked, try predict(asked))
        case let asked as EraseResident: accept(asked, try predict(asked))
        case let asked as GrantRoles: accept(asked, try predict(asked))
        case let asked as RecordAccess: accept(asked, try predict(asked))
        case let asked as PublishKeys: accept(asked, try predict(asked))
        case let asked as IssueCredential: accept(asked, try predict(asked))
        case let asked as RevokeCredential: accept(asked, try predict(asked))
        case let asked as IssuePaper: accept(asked, try predict(asked))
        case let asked as RedeemOffline: accept(asked, try predict(asked))
        case let asked as CommitSeed: accept(asked, try predict(asked))
        case let asked as EnterLottery: accept(asked, try predict(asked))
        case let asked as FreezeLottery: accept(asked, try predict(asked))
        case let asked as RevealSeed: accept(asked, try predict(asked))
        case let asked as VoidLottery: accept(asked, try predict(asked))
        case let asked as ProposeSession: accept(asked, try predict(asked))
        case let asked as ApproveSession: accept(asked, try predict(asked))
        case let asked as Admit: accept(asked, try predict(asked))
        case let asked as CloseAdmissions: accept(asked, try predict(asked))
        case let asked as SettleSession: accept(asked, try predict(asked))
        case let asked as CancelSession: accept(asked, try predict(asked))
        case let asked as ProposeAward: accept(asked, try predict(asked))
        case let asked as ApproveAward: accept(asked, try predict(asked))
        case let asked as RejectAward: accept(asked, try predict(asked))
        case let asked as ClawBackAward: accept(asked, try predict(asked))
        case let asked as EarnPoints: accept(asked, try predict(asked))
        case let asked as ExpirePoints: accept(asked, try predict(asked))
        case let asked as ProposeRule: accept(asked, try predict(asked))
        case let asked as ApproveRule: accept(asked, try predict(asked))
        case let asked as PublishCatalogue: accept(asked, try predict(asked))
        case let asked as HoldPayee: accept(asked, try predict(asked))
        case let asked as ProposePayeeChange: accept(asked, try predict(asked))
        case let asked as ApprovePayeeChange: accept(asked, try predict(asked))
        case let asked as RejectPayeeChange: accept(asked, try predict(asked))
        case let asked as DraftReport: accept(asked, try predict(asked))
        case let asked as SignReport: accept(asked, try predict(asked))
        case let asked as CloseMonth: accept(asked, try predict(asked))
        case let asked as ProposeCorrection: accept(asked, try predict(asked))
        case let asked as ApproveCorrection: accept(asked, try predict(asked))
        case let asked as RejectCorrection: accept(asked, try predict(asked))
        case let asked as RecordReconciliation: accept(asked, try predict(asked))
        case let asked as ProposeResolution: accept(asked, try predict(asked))
        case let asked as ApproveResolution: accept(asked, try predict(asked))
        case let asked as RejectResolution: accept(asked, try predict(asked))
        case let asked as ReopenDifference: accept(asked, try predict(asked))
        default: preconditionFailure("the reference model does not know \(type(of: command))")
        }
    }

    private func accept<Asked: Operation>(_ asked: Asked, _ accepted: Asked.Accepted) -> any EventRecord {
        Record(asked, .success(accepted))
    }

    /// Whether one command may move this amount.
    func isMovable(_ amount: Amount) -> Bool { (1...100_000_000_000_000).contains(amount.fen) }

    /// Whether a text is there and takes no more than so many bytes of UTF-8.
    func fits(_ text: String, _ limit: Int = 200) -> Bool { (1...limit).contains(text.utf8.count) }

    func setting(_ setting: Setting) -> Int64 { settings[setting] ?? 0 }

    /// The Shanghai date of (instant − cut-off).
    var today: BusinessDay {
        let local = now.microseconds - setting(.businessDayCutOff) + 8 * 3_600_000_000
        let day: Int64 = 86_400_000_000
        return BusinessDay(days: Int32(local < 0 ? (local - day + 1) / day : local / day))
    }

    func shares(_ funds: [FundID], _ amounts: [Int64]) -> FundShares {
        FundShares(FundList(funds) ?? FundList(), Shares(fen: amounts))
    }
}
