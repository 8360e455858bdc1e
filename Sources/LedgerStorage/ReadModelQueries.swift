package import LedgerDomain

/// What services and pages read. Every answer is true at the position that was applied last.
package protocol ReadModelQueries {
    /// The number of the first event that is not applied yet.
    func position(of ledger: LedgerCode) throws(StorageError) -> UInt64
    func ledger(_ ledger: LedgerCode) throws(StorageError) -> LedgerProfile?
    func funds(_ ledger: LedgerCode) throws(StorageError) -> [FundRow]
    func plans(_ ledger: LedgerCode) throws(StorageError) -> [PlanView]
    func remittances(_ ledger: LedgerCode) throws(StorageError) -> [RemittanceView]
    func programmes(_ ledger: LedgerCode) throws(StorageError) -> [ProgrammeView]
    /// The later versions of one programme's rule, the one that waits for approval included.
    func programmeVersions(
        of programme: ProgrammeID, _ ledger: LedgerCode
    ) throws(StorageError) -> [ProgrammeVersionView]
    func batches(_ ledger: LedgerCode) throws(StorageError) -> [BatchView]
    /// What was done for the lottery of one batch, oldest first.
    func lotterySteps(of batch: BatchID, _ ledger: LedgerCode) throws(StorageError) -> [LotteryStepRow]
    /// The entries of one pseudonym in lotteries, by batch.
    func lotteryEntries(
        of pseudonym: Pseudonym, _ ledger: LedgerCode
    ) throws(StorageError) -> [LotteryEntryRow]
    func merchants(_ ledger: LedgerCode) throws(StorageError) -> [MerchantView]
    func outlets(_ ledger: LedgerCode) throws(StorageError) -> [OutletRow]
    func terminals(_ ledger: LedgerCode) throws(StorageError) -> [TerminalRow]
    func imports(_ ledger: LedgerCode) throws(StorageError) -> [ImportRow]

    func voucher(_ id: VoucherID, _ ledger: LedgerCode) throws(StorageError) -> VoucherView?
    /// The vouchers of one pseudonym, oldest first.
    func vouchers(of pseudonym: Pseudonym, _ ledger: LedgerCode) throws(StorageError) -> [VoucherView]
    func authorisation(
        _ id: AuthorisationID, _ ledger: LedgerCode
    ) throws(StorageError) -> AuthorisationView?
    /// The authorisation opened last for a sale, by outlet and order reference.
    func authorisation(
        outlet: OutletID, order: String, _ ledger: LedgerCode
    ) throws(StorageError) -> AuthorisationView?
    func redemption(_ id: RedemptionID, _ ledger: LedgerCode) throws(StorageError) -> RedemptionView?
    /// The redemptions of one voucher, oldest first.
    func redemptions(of voucher: VoucherID, _ ledger: LedgerCode) throws(StorageError) -> [RedemptionView]
    /// The redemption of a sale, by merchant and order reference; the last where there are several.
    func redemption(
        merchant: MerchantID, order: String, _ ledger: LedgerCode
    ) throws(StorageError) -> RedemptionView?
    /// Redemptions dated `from … through`, by number, at most `limit` of those after `after`.
    func redemptions(
        from: BusinessDay, through: BusinessDay, after: RedemptionID, limit: Int, _ ledger: LedgerCode
    ) throws(StorageError) -> [RedemptionView]

    /// What a till said of a redemption beyond its bill; `nil` where it said nothing.
    func saleDetails(of redemption: RedemptionID, _ ledger: LedgerCode) throws(StorageError) -> SaleDetails?
    /// What is to be said of a redemption that a till made offline; `nil` for any other.
    func offlineRedemption(_ id: RedemptionID, _ ledger: LedgerCode) throws(StorageError) -> OfflineRow?
    /// The offline credentials of one voucher, oldest first.
    func credentials(of voucher: VoucherID, _ ledger: LedgerCode) throws(StorageError) -> [CredentialView]

    func sessions(_ ledger: LedgerCode) throws(StorageError) -> [SessionView]
    /// The attested admissions to a session, in their order.
    func admissions(to session: SessionID, _ ledger: LedgerCode) throws(StorageError) -> [AdmissionRow]
    /// Every published catalogue, the oldest first.
    func catalogues(_ ledger: LedgerCode) throws(StorageError) -> [CatalogueRow]
    func awards(_ ledger: LedgerCode) throws(StorageError) -> [AwardView]
    /// What one pseudonym has earned, exchanged and lost, oldest first.
    func points(of pseudonym: Pseudonym, _ ledger: LedgerCode) throws(StorageError) -> [PointsRow]

    func settlements(_ ledger: LedgerCode) throws(StorageError) -> [SettlementView]
    func settlementLines(
        _ id: SettlementID, _ ledger: LedgerCode
    ) throws(StorageError) -> [SettlementLineView]

    /// What settlements paid or are about to pay to one payee, the oldest first.
    func payouts(to payee: PayeeID, _ ledger: LedgerCode) throws(StorageError) -> [PayoutView]

    /// Every hold on a payee's money and every release, the oldest first.
    func payeeHolds(_ ledger: LedgerCode) throws(StorageError) -> [PayeeHoldRow]
    /// Every change of a payee's bank account that was proposed, the oldest first.
    func payeeChanges(_ ledger: LedgerCode) throws(StorageError) -> [PayeeChangeView]
    func reports(_ ledger: LedgerCode) throws(StorageError) -> [ReportView]
    /// The closed months, the oldest first.
    func closedMonths(_ ledger: LedgerCode) throws(StorageError) -> [ClosedMonthRow]
    func corrections(_ ledger: LedgerCode) throws(StorageError) -> [CorrectionView]
    /// The recorded runs of reconciliations, the oldest first.
    func reconciliations(_ ledger: LedgerCode) throws(StorageError) -> [ReconciliationRow]
    func resolutions(_ ledger: LedgerCode) throws(StorageError) -> [ResolutionView]

    /// The sum of every kind of account, fund by fund.
    func trialBalance(_ ledger: LedgerCode) throws(StorageError) -> [TrialBalanceRow]
    /// The same as it was when the log had so many events, from the postings.
    func trialBalance(
        afterEvents count: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [TrialBalanceRow]
    /// What programmes, their batches and their vouchers held when the log had so many events, from the postings; what is
    /// zero is left out.
    func programmeBalances(
        afterEvents count: UInt64, _ ledger: LedgerCode
    ) throws(StorageError) -> [ProgrammeBalance]
    /// Every account with a balance other than zero, by kind, owner and fund.
    func accounts(_ kind: Account.Kind, _ ledger: LedgerCode) throws(StorageError) -> [AccountBalance]
    /// The balances of one owner's accounts.
    func balances(of account: Account, _ ledger: LedgerCode) throws(StorageError) -> [AccountBalance]
    func postings(ofEvent event: UInt64, _ ledger: LedgerCode) throws(StorageError) -> [PostingRow]
    func redemptionsByCategory(_ ledger: LedgerCode) throws(StorageError) -> [CategoryTotal]
    func refusalsByReason(_ ledger: LedgerCode) throws(StorageError) -> [RefusalTotal]
    /// What happened at the door, the latest first, before an event.
    func accessEvents(
        before event: UInt64, limit: Int, _ ledger: LedgerCode
    ) throws(StorageError) -> [AccessRow]
    func totals(_ ledger: LedgerCode) throws(StorageError) -> LedgerTotals
}

/// A plan with its state.
package struct PlanView: Equatable, Sendable {
    package var row: PlanRow
    package var approvedBy: Principal?
    package init(row: PlanRow, approvedBy: Principal?) {
        self.row = row
        self.approvedBy = approvedBy
    }
}

/// A remittance with its state.
package struct RemittanceView: Equatable, Sendable {
    package var row: RemittanceRow
    package var undone: Bool
    package init(row: RemittanceRow, undone: Bool) {
        self.row = row
        self.undone = undone
    }
}

/// A programme with its state.
package struct ProgrammeView: Equatable, Sendable {
    package var row: ProgrammeRow
    package var status: Programme.Status
    package var approvedBy: Principal?
    package init(row: ProgrammeRow, status: Programme.Status, approvedBy: Principal?) {
        self.row = row
        self.status = status
        self.approvedBy = approvedBy
    }
}

/// A version of a rule with who approved it.
package struct ProgrammeVersionView: Equatable, Sendable {
    package var row: ProgrammeVersionRow
    package var approvedBy: Principal?
    package init(row: ProgrammeVersionRow, approvedBy: Principal?) {
        self.row = row
        self.approvedBy = approvedBy
    }
}

/// A batch with its state.
package struct BatchView: Equatable, Sendable {
    package var row: BatchRow
    package var status: Batch.Status
    package var approvedBy: Principal?
    package init(row: BatchRow, status: Batch.Status, approvedBy: Principal?) {
        self.row = row
        self.status = status
        self.approvedBy = approvedBy
    }
}

/// A merchant with its state.
package struct MerchantView: Equatable, Sendable {
    package var row: MerchantRow
    package var status: Merchant.Status
    package init(row: MerchantRow, status: Merchant.Status) {
        self.row = row
        self.status = status
    }
}

/// A voucher with its state.
package struct VoucherView: Equatable, Sendable {
    package var row: VoucherRow
    package var status: Voucher.Status
    package init(row: VoucherRow, status: Voucher.Status) {
        self.row = row
        self.status = status
    }
}

/// An authorisation with its state.
package struct AuthorisationView: Equatable, Sendable {
    package var row: AuthorisationRow
    package var status: Authorisation.Status
    package init(row: AuthorisationRow, status: Authorisation.Status) {
        self.row = row
        self.status = status
    }
}

/// A redemption with what was refunded of it.
package struct RedemptionView: Equatable, Sendable {
    package var row: RedemptionRow
    package var refundedBill: Amount
    package var refundedSubsidy: Amount
    package init(row: RedemptionRow, refundedBill: Amount, refundedSubsidy: Amount) {
        self.row = row
        self.refundedBill = refundedBill
        self.refundedSubsidy = refundedSubsidy
    }
}

/// An offline credential with its state.
package struct CredentialView: Equatable, Sendable {
    package var row: CredentialRow
    package var revokedAt: Instant?
    package init(row: CredentialRow, revokedAt: Instant?) {
        self.row = row
        self.revokedAt = revokedAt
    }
}

/// A session with its state.
package struct SessionView: Equatable, Sendable {
    package var row: SessionRow
    package var status: Session.Status
    package var approvedBy: Principal?
    package var admitted: UInt32
    package var subsidised: UInt32
    /// What its settlement paid; `nil` before.
    package var paid: Amount?
    package init(
        row: SessionRow, status: Session.Status, approvedBy: Principal?, admitted: UInt32, subsidised: UInt32,
        paid: Amount?
    ) {
        self.row = row
        self.status = status
        self.approvedBy = approvedBy
        self.admitted = admitted
        self.subsidised = subsidised
        self.paid = paid
    }
}

/// An award with its state.
package struct AwardView: Equatable, Sendable {
    package var row: AwardRow
    package var status: Award.Status
    package var decidedBy: Principal?
    package init(row: AwardRow, status: Award.Status, decidedBy: Principal?) {
        self.row = row
        self.status = status
        self.decidedBy = decidedBy
    }
}

/// A settlement with its state.
package struct SettlementView: Equatable, Sendable {
    package var row: SettlementRow
    package var status: Settlement.Status
    package var approvedBy: Principal?
    package init(row: SettlementRow, status: Settlement.Status, approvedBy: Principal?) {
        self.row = row
        self.status = status
        self.approvedBy = approvedBy
    }
}

/// A settlement line with its state; the note is the bank's reference or the reason it was undone.
package struct SettlementLineView: Equatable, Sendable {
    package var row: SettlementLineRow
    package var status: SettlementLine.Status
    package var note: String
    package init(row: SettlementLineRow, status: SettlementLine.Status, note: String) {
        self.row = row
        self.status = status
        self.note = note
    }
}

/// A change of a payee's account with its state; the note is why it was rejected.
package struct PayeeChangeView: Equatable, Sendable {
    package var row: PayeeChangeRow
    package var status: PayeeChangeRow.Status
    package var decidedBy: Principal?
    package var note: String
    package init(row: PayeeChangeRow, status: PayeeChangeRow.Status, decidedBy: Principal?, note: String) {
        self.row = row
        self.status = status
        self.decidedBy = decidedBy
        self.note = note
    }
}

/// A filed report with who signed it.
package struct ReportView: Equatable, Sendable {
    package var row: ReportRow
    package var signedBy: Principal?
    package var signedAt: Instant?
    package init(row: ReportRow, signedBy: Principal?, signedAt: Instant?) {
        self.row = row
        self.signedBy = signedBy
        self.signedAt = signedAt
    }
}

/// A correction with its state; the note is why it was rejected.
package struct CorrectionView: Equatable, Sendable {
    package var row: CorrectionRow
    package var status: Correction.Status
    package var decidedBy: Principal?
    package var note: String
    package init(row: CorrectionRow, status: Correction.Status, decidedBy: Principal?, note: String) {
        self.row = row
        self.status = status
        self.decidedBy = decidedBy
        self.note = note
    }
}

/// A resolution with its state; the note is why it was rejected or opened again.
package struct ResolutionView: Equatable, Sendable {
    package var row: ResolutionRow
    package var status: Resolution.Status
    package var decidedBy: Principal?
    package var note: String
    package init(row: ResolutionRow, status: Resolution.Status, decidedBy: Principal?, note: String) {
        self.row = row
        self.status = status
        self.decidedBy = decidedBy
        self.note = note
    }
}

/// A settlement's line with the last day that it pays for.
package struct PayoutView: Equatable, Sendable {
    package var line: SettlementLineView
    package var through: BusinessDay
    package init(line: SettlementLineView, through: BusinessDay) {
        self.line = line
        self.through = through
    }
}

/// The sum of one kind of account in one fund.
package struct TrialBalanceRow: Equatable, Sendable {
    package var fund: FundID
    package var kind: Account.Kind
    package var amount: Amount
    package init(fund: FundID, kind: Account.Kind, amount: Amount) {
        self.fund = fund
        self.kind = kind
        self.amount = amount
    }
}

/// What one kind of a programme's accounts holds of one fund: its own account, its batches' or its vouchers'.
package struct ProgrammeBalance: Equatable, Sendable {
    package var fund: FundID
    package var programme: ProgrammeID
    /// `programme`, `batch` or `voucher`.
    package var kind: Account.Kind
    package var amount: Amount
    package init(fund: FundID, programme: ProgrammeID, kind: Account.Kind, amount: Amount) {
        self.fund = fund
        self.programme = programme
        self.kind = kind
        self.amount = amount
    }
}

/// One account of one fund.
package struct AccountBalance: Equatable, Sendable {
    package var account: Account
    package var fund: FundID
    package var amount: Amount
    package init(account: Account, fund: FundID, amount: Amount) {
        self.account = account
        self.fund = fund
        self.amount = amount
    }
}

/// What was redeemed in one category.
package struct CategoryTotal: Equatable, Sendable {
    package var category: String
    package var count: Int
    package var bill: Amount
    package var subsidy: Amount
    package var refunded: Amount
    package init(category: String, count: Int, bill: Amount, subsidy: Amount, refunded: Amount) {
        self.category = category
        self.count = count
        self.bill = bill
        self.subsidy = subsidy
        self.refunded = refunded
    }
}

/// How often a reason was given.
package struct RefusalTotal: Equatable, Sendable {
    package var refusal: Refusal
    package var count: Int
    package init(refusal: Refusal, count: Int) {
        self.refusal = refusal
        self.count = count
    }
}

/// How much of everything there is.
package struct LedgerTotals: Equatable, Sendable {
    package var vouchers = 0
    package var usable = 0
    package var used = 0
    package var lapsed = 0
    package var handedBack = 0
    package var setOff = 0
    package var redemptions = 0
    package var refunds = 0
    package var refusals = 0
    package init() {}
}
