import LedgerDomain

/// The read model's tables of one ledger, in memory; the same tables as `Schema/SQLite/read-model.sql`.
struct MemoryRows: Sendable {
    var position: UInt64 = 0

    var ledgers = MemoryTable<LedgerCode, LedgerProfile>("ledgers")
    var settings = MemoryTable<Setting, Int64>("settings")
    var funds = MemoryTable<FundID, FundRow>("funds")
    var plans = MemoryTable<PlanID, PlanView>("plans")
    var remittances = MemoryTable<UInt64, RemittanceView>("remittances")
    var programmes = MemoryTable<ProgrammeID, ProgrammeView>("programmes")
    var versions = MemoryTable<VersionKey, ProgrammeVersionView>("programme_versions")
    var batches = MemoryTable<BatchID, BatchView>("batches")
    var lotterySteps = MemoryTable<UInt64, LotteryStepRow>("lottery_steps")
    var lotteryEntries = MemoryTable<LotteryKey, LotteryEntryRow>("lottery_entries")
    var sessions = MemoryTable<SessionID, SessionView>("sessions")
    var admissions = MemoryTable<AdmissionKey, AdmissionRow>("admissions")
    var awards = MemoryTable<AwardID, AwardView>("awards")
    var catalogues = MemoryTable<UInt64, CatalogueRow>("catalogue_items")
    var points = MemoryTable<UInt64, PointsRow>("points_entries")
    var imports = MemoryTable<Digest128, ImportRow>("imports")
    var merchants = MemoryTable<MerchantID, MerchantView>("merchants")
    var outlets = MemoryTable<OutletID, OutletRow>("outlets")
    var terminals = MemoryTable<TerminalID, TerminalRow>("terminals")
    var vouchers = MemoryTable<VoucherID, VoucherView>("vouchers")
    var authorisations = MemoryTable<AuthorisationID, AuthorisationView>("authorisations")
    var redemptions = MemoryTable<RedemptionID, RedemptionView>("redemptions")
    var saleDetails = MemoryTable<RedemptionID, SaleDetailsRow>("sale_details")
    var offline = MemoryTable<RedemptionID, OfflineRow>("offline_redemptions")
    var credentials = MemoryTable<KeyID, CredentialView>("credentials")
    var refunds = MemoryTable<UInt64, RefundRow>("refunds")
    var settlements = MemoryTable<SettlementID, SettlementView>("settlements")
    var settlementLines = MemoryTable<LineKey, SettlementLineView>("settlement_lines")
    var payeeHolds = MemoryTable<UInt64, PayeeHoldRow>("payee_holds")
    var payeeChanges = MemoryTable<UInt64, PayeeChangeView>("payee_changes")
    var reports = MemoryTable<ReportID, ReportView>("reports")
    var closedMonths = MemoryTable<BusinessDay, ClosedMonthRow>("closed_months")
    var corrections = MemoryTable<CorrectionID, CorrectionView>("corrections")
    var reconciliations = MemoryTable<UInt64, ReconciliationRow>("reconciliations")
    var resolutions = MemoryTable<ResolutionID, ResolutionView>("resolutions")
    var refusals = MemoryTable<UInt64, RefusalRow>("refusals")
    var access = MemoryTable<UInt64, AccessRow>("access_events")
    var postings = MemoryTable<PostingKey, PostingRow>("postings")
    var accounts = MemoryTable<AccountKey, Amount>("accounts")

    /// An entry of a lottery.
    struct LotteryKey: Hashable {
        var batch: BatchID
        var number: UInt32
    }

    /// A version of a programme's rule.
    struct VersionKey: Hashable {
        var programme: ProgrammeID
        var version: UInt32
    }

    /// An admission to a session.
    struct AdmissionKey: Hashable {
        var session: SessionID
        var number: UInt32
    }

    /// A settlement's line.
    struct LineKey: Hashable {
        var settlement: SettlementID
        var line: UInt32
    }

    /// An event's posting.
    struct PostingKey: Hashable {
        var event: UInt64
        var line: UInt32
    }

    /// One account of one fund.
    struct AccountKey: Hashable {
        var account: Account
        var fund: FundID
    }

    /// Applies the changes of the events up to `upTo`: all of them, or none.
    mutating func apply(_ changes: [ReadModelChange], upTo: UInt64) throws(StorageError) {
        do {
            // A balance that a later change of the same call overwrites is written once, as SQLite does it.
            var balances: [AccountKey: Amount] = [:]
            for change in changes {
                if case .balance(let account, let fund, let amount) = change {
                    balances[AccountKey(account: account, fund: fund)] = amount
                } else {
                    try apply(change)
                }
            }
            for (key, amount) in balances { try setBalance(key, amount) }
        } catch {
            endTransaction(keeping: false)
            throw error
        }
        endTransaction(keeping: true)
        position = upTo
    }

    /// The first table that has other rows than `right`; `nil` where all are the same.
    func difference(from right: MemoryRows) -> String? {
        guard position == right.position else { return "positions" }
        let tables: [String?] = [
            ledgers.difference(from: right.ledgers),
            settings.difference(from: right.settings),
            funds.difference(from: right.funds),
            plans.difference(from: right.plans),
            remittances.difference(from: right.remittances),
            programmes.difference(from: right.programmes),
            versions.difference(from: right.versions),
            batches.difference(from: right.batches),
            lotterySteps.difference(from: right.lotterySteps),
            lotteryEntries.difference(from: right.lotteryEntries),
            sessions.difference(from: right.sessions),
            admissions.difference(from: right.admissions),
            awards.difference(from: right.awards),
            catalogues.difference(from: right.catalogues),
            points.difference(from: right.points),
            imports.difference(from: right.imports),
            merchants.difference(from: right.merchants),
            outlets.difference(from: right.outlets),
            terminals.difference(from: right.terminals),
            vouchers.difference(from: right.vouchers),
            authorisations.difference(from: right.authorisations),
            redemptions.difference(from: right.redemptions),
            saleDetails.difference(from: right.saleDetails),
            offline.difference(from: right.offline),
            credentials.difference(from: right.credentials),
            refunds.difference(from: right.refunds),
            settlements.difference(from: right.settlements),
            settlementLines.difference(from: right.settlementLines),
            payeeHolds.difference(from: right.payeeHolds),
            payeeChanges.difference(from: right.payeeChanges),
            reports.difference(from: right.reports),
            closedMonths.difference(from: right.closedMonths),
            corrections.difference(from: right.corrections),
            reconciliations.difference(from: right.reconciliations),
            resolutions.difference(from: right.resolutions),
            refusals.difference(from: right.refusals),
            access.difference(from: right.access),
            postings.difference(from: right.postings),
            accounts.difference(from: right.accounts),
        ]
        return tables.lazy.compactMap { $0 }.first
    }

    private mutating func endTransaction(keeping: Bool) {
        ledgers.end(keeping: keeping)
        settings.end(keeping: keeping)
        funds.end(keeping: keeping)
        plans.end(keeping: keeping)
        remittances.end(keeping: keeping)
        programmes.end(keeping: keeping)
        versions.end(keeping: keeping)
        batches.end(keeping: keeping)
        lotterySteps.end(keeping: keeping)
        lotteryEntries.end(keeping: keeping)
        sessions.end(keeping: keeping)
        admissions.end(keeping: keeping)
        awards.end(keeping: keeping)
        catalogues.end(keeping: keeping)
        points.end(keeping: keeping)
        imports.end(keeping: keeping)
        merchants.end(keeping: keeping)
        outlets.end(keeping: keeping)
        terminals.end(keeping: keeping)
        vouchers.end(keeping: keeping)
        authorisations.end(keeping: keeping)
        redemptions.end(keeping: keeping)
        saleDetails.end(keeping: keeping)
        offline.end(keeping: keeping)
        credentials.end(keeping: keeping)
        refunds.end(keeping: keeping)
        settlements.end(keeping: keeping)
        settlementLines.end(keeping: keeping)
        payeeHolds.end(keeping: keeping)
        payeeChanges.end(keeping: keeping)
        reports.end(keeping: keeping)
        closedMonths.end(keeping: keeping)
        corrections.end(keeping: keeping)
        reconciliations.end(keeping: keeping)
        resolutions.end(keeping: keeping)
        refusals.end(keeping: keeping)
        access.end(keeping: keeping)
        postings.end(keeping: keeping)
        accounts.end(keeping: keeping)
    }
}
