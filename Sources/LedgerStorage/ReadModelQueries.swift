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
    /// What programmes, their batches and their vouchers held when the log had so many events; what is zero is
    /// left out.
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
