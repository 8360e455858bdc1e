import LedgerDomain

extension MemoryRows {
    /// Writes one change but a balance's; what the SQL schema's CHECKs refuse is refused here.
    mutating func apply(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .ledger, .setting, .fund, .plan, .planApproved, .remittance, .remittanceUndone:
            try applyToFunds(change)
        case .programme, .programmeStatus, .programmeVersion, .programmeVersionApproved, .batch, .batchStatus:
            try applyToProgrammes(change)
        case .lotteryStep(let row):
            try lotterySteps.insert(row.event, row)
        case .lotteryEntry(let row):
            try lotteryEntries.insert(LotteryKey(batch: row.batch, number: row.number), row)
        case .merchant, .merchantStatus, .outlet, .terminal, .importedFile:
            try applyToRegistry(change)
        case .voucher, .voucherStatus, .authorisation, .authorisationStatus, .redemption, .refund, .refusal,
            .access, .posting, .balance:
            try applyToTraffic(change)
        case .saleDetails, .offline, .credential, .credentialRevoked:
            try applyToOffline(change)
        case .session, .sessionStatus, .admission, .award, .awardStatus, .points, .catalogue:
            try applyToSupply(change)
        case .settlement, .settlementStatus, .settlementLine, .settlementLineStatus:
            try applyToSettlements(change)
        case .payeeHold, .payeeChange, .payeeChangeDecided, .payeeAccount, .report, .reportSigned,
            .monthClosed, .correction, .correctionDecided, .reconciliation, .resolution, .resolutionDecided:
            try applyToClosing(change)
        }
    }

    /// Sets what an account holds after an event.
    mutating func setBalance(_ key: AccountKey, _ amount: Amount) throws(StorageError) {
        try check(key.account.kind == .payable || amount >= .zero, "an account is below zero")
        accounts.put(key, amount)
    }

    private mutating func applyToFunds(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .ledger(let profile):
            ledgers.put(profile.code, profile)
        case .setting(let setting, let value):
            settings.put(setting, value)
        case .fund(let row):
            try funds.insert(row.id, row)
        case .plan(var row):
            try check(row.lines.allSatisfy { $0.amount > .zero }, "a plan's line is not positive")
            try check(Set(row.lines.map(\.ledger)).count == row.lines.count, "a plan names a ledger twice")
            row.lines.sort { $0.ledger < $1.ledger }
            try plans.insert(row.id, PlanView(row: row, approvedBy: nil))
        case .planApproved(let id, let checker):
            try plans.update(id) { plan throws(StorageError) in
                plan.approvedBy = try approval(checker, nil, plan.row.maker)
            }
        case .remittance(let row):
            try check(row.amount > .zero, "a remittance is not positive")
            try remittances.insert(row.event, RemittanceView(row: row, undone: false))
        case .remittanceUndone(let event):
            try remittances.update(event) { $0.undone = true }
        default:
            break
        }
    }

    private mutating func applyToProgrammes(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .programme(let row):
            try programmes.insert(row.id, ProgrammeView(row: row, status: .submitted, approvedBy: nil))
        case .programmeVersion(let row):
            let key = VersionKey(programme: row.programme, version: row.version)
            versions.put(key, ProgrammeVersionView(row: row, approvedBy: nil))
        case .programmeVersionApproved(let id, let number, let checker):
            try versions.update(VersionKey(programme: id, version: number)) { view throws(StorageError) in
                view.approvedBy = try approval(checker, nil, view.row.maker)
            }
        case .programmeStatus(let id, let status, let checker):
            try programmes.update(id) { programme throws(StorageError) in
                programme.status = status
                programme.approvedBy = try approval(checker, programme.approvedBy, programme.row.maker)
            }
        case .batch(let row):
            try check(row.face > .zero && row.quota > 0, "a batch has no face or no quota")
            try batches.insert(row.id, BatchView(row: row, status: .proposed, approvedBy: nil))
        case .batchStatus(let id, let status, let checker):
            try batches.update(id) { batch throws(StorageError) in
                batch.status = status
                batch.approvedBy = try approval(checker, batch.approvedBy, batch.row.maker)
            }
        default:
            break
        }
    }

    private mutating func applyToRegistry(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .merchant(let row):
            merchants.put(row.id, MerchantView(row: row, status: .active))
        case .merchantStatus(let id, let status):
            try merchants.update(id) { $0.status = status }
        case .outlet(let row):
            outlets.put(row.id, row)
        case .terminal(let row):
            terminals.put(row.id, row)
        case .importedFile(let row):
            try imports.insert(row.file, row)
        default:
            break
        }
    }

    private mutating func applyToTraffic(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .voucher(let row):
            try check(row.face > .zero, "a voucher has no face")
            try vouchers.insert(row.id, VoucherView(row: row, status: .usable))
        case .voucherStatus(let id, let status):
            try vouchers.update(id) { $0.status = status }
        case .authorisation(let row):
            try check(row.bill > .zero && row.held > .zero, "an authorisation holds nothing")
            try authorisations.insert(row.id, AuthorisationView(row: row, status: .open))
        case .authorisationStatus(let id, let status):
            try authorisations.update(id) { $0.status = status }
        case .redemption(let row):
            try check(row.subsidy > .zero && row.subsidy <= row.bill, "a subsidy exceeds its bill")
            try redemptions.insert(
                row.id, RedemptionView(row: row, refundedBill: .zero, refundedSubsidy: .zero))
        case .refund(let row):
            try check(row.bill >= .zero && row.subsidy >= .zero, "a refund is negative")
            try check(row.bill > .zero || row.subsidy > .zero, "a refund gives nothing back")
            try refunds.insert(row.event, row)
            try redemptions.update(row.redemption) { redemption throws(StorageError) in
                redemption.refundedBill += row.bill
                redemption.refundedSubsidy += row.subsidy
                try check(
                    redemption.refundedBill <= redemption.row.bill
                        && redemption.refundedSubsidy <= redemption.row.subsidy,
                    "more is refunded than was redeemed")
            }
        case .refusal(let row):
            try refusals.insert(row.event, row)
        case .access(let row):
            try access.insert(row.event, row)
        case .posting(let row):
            try check(row.posting.amount > .zero, "a posting is not positive")
            try postings.insert(PostingKey(event: row.event, line: row.line), row)
        case .balance(let account, let fund, let amount):
            try setBalance(AccountKey(account: account, fund: fund), amount)
        default:
            break
        }
    }

    private mutating func applyToOffline(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .saleDetails(let row):
            try check(
                (row.details.items ?? []).allSatisfy { $0.quantity > 0 && $0.paid >= .zero },
                "an item is negative")
            try saleDetails.insert(row.redemption, row)
        case .offline(let row):
            try offline.insert(row.redemption, row)
        case .credential(let row):
            try check(row.cap > .zero && row.issuedAt < row.expiry, "a credential allows nothing")
            credentials.put(row.id, CredentialView(row: row, revokedAt: nil))
        case .credentialRevoked(let id, let instant, let holdUntil):
            try credentials.update(id) {
                $0.revokedAt = instant
                $0.row.holdUntil = holdUntil
            }
        default:
            break
        }
    }

    private mutating func applyToSupply(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .session(let row):
            try check(row.subsidy > .zero && row.seats > 0, "a session pays nothing")
            try check(row.attestor != row.maker, "who proposed a session counts it")
            try sessions.insert(
                row.id,
                SessionView(
                    row: row, status: .proposed, approvedBy: nil, admitted: 0, subsidised: 0, paid: nil))
        case .sessionStatus(let id, let status, let checker, let paid):
            try sessions.update(id) { session throws(StorageError) in
                session.status = status
                session.approvedBy = try approval(checker, session.approvedBy, session.row.maker)
                session.paid = paid ?? session.paid
            }
        case .admission(let row):
            try admissions.insert(AdmissionKey(session: row.session, number: row.number), row)
            try sessions.update(row.session) { session throws(StorageError) in
                session.admitted += 1
                session.subsidised += row.paid > .zero ? 1 : 0
                try check(session.subsidised <= session.row.seats, "a session has more admissions than seats")
            }
        case .award(let row):
            try check(row.amount > .zero && row.evidence.bytes.count == 32, "an award shows nothing")
            try awards.insert(row.id, AwardView(row: row, status: .proposed, decidedBy: nil))
        case .awardStatus(let id, let status, let principal):
            try awards.update(id) { award throws(StorageError) in
                award.status = status
                award.decidedBy = principal
                try check(status != .paid || principal != award.row.maker, "who proposed an award pays it")
            }
        case .catalogue(let row):
            try check(row.items.allSatisfy { $0.listed >= .zero }, "a listed price is negative")
            try catalogues.insert(row.event, row)
        case .points(let row):
            try check(row.points > .zero, "points are not positive")
            try points.insert(row.event, row)
        default:
            break
        }
    }

    private mutating func applyToSettlements(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .settlement(let row):
            try settlements.insert(row.id, SettlementView(row: row, status: .built, approvedBy: nil))
        case .settlementStatus(let id, let status, let checker):
            try settlements.update(id) { settlement throws(StorageError) in
                settlement.status = status
                settlement.approvedBy = try approval(checker, settlement.approvedBy, settlement.row.maker)
            }
        case .settlementLine(let row):
            try check(row.amount > .zero, "a settlement's line is not positive")
            try settlementLines.insert(
                LineKey(settlement: row.settlement, line: row.line),
                SettlementLineView(row: row, status: .sealed, note: ""))
        case .settlementLineStatus(let id, let line, let status, let note):
            try settlementLines.update(LineKey(settlement: id, line: line)) {
                $0.status = status
                $0.note = note
            }
        default:
            break
        }
    }
}

/// A tripwire, as the SQL schema's CHECKs are.
func check(_ holds: Bool, _ otherwise: String) throws(StorageError) {
    if !holds { throw .constraint(otherwise) }
}

/// Who has approved, now or before; never the maker.
func approval(
    _ now: Principal?, _ before: Principal?, _ maker: Principal
) throws(StorageError) -> Principal? {
    let checker = now ?? before
    try check(checker.map { !$0.name.utf8.elementsEqual(maker.name.utf8) } ?? true, "the maker approved")
    return checker
}
