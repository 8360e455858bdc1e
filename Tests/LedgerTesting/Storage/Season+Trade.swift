import CBOR
import LedgerDomain

/// How the season goes on: vouchers, sales, settlements.
extension Season {
    mutating func trade() throws {
        // Vouchers 1…8 of batch 1: three for person 1, one each for 2…6; then 9…11 of batch 2.
        for person in [1, 2, 3, 4, 5, 6, 1, 1] as [UInt64] { try give(issue(1, to: person)) }
        try refuse(.personAmountLimit, issue(1, to: 1))
        for person in [101, 102, 103] as [UInt64] { try give(issue(2, to: person)) }
        try refuse(.releaseMismatch, Issue.with { ($0.batch, $0.pseudonym) = (BatchID(2), Pseudonym(104)) })
        try refuse(.notHolder, HandBack.with { ($0.voucher, $0.pseudonym) = (VoucherID(3), Pseudonym(9)) })
        try give(
            HandBack.with {
                ($0.voucher, $0.pseudonym, $0.channel) = (VoucherID(3), Pseudonym(3), "counter")
            })

        try give(redeem(1, at: 1, 120, "A-1", terminal: 1))
        try refuse(.voucherUsed, redeem(1, at: 1, 120, "A-2"))
        try refuse(.saleAlreadySubsidised, redeem(2, at: 1, 120, "A-1"))
        try refuse(.belowThreshold, redeem(2, at: 1, 99, "A-3"))
        try refuse(.voucherHandedBack, redeem(3, at: 1, 120, "A-3"))
        try refuse(.terminalElsewhere, redeem(2, at: 1, 120, "A-3", terminal: 2))

        try give(authorise(2, at: 2, 150, "B-1"))
        try give(capture(1, 130, "B-1"))
        try give(authorise(4, at: 2, 150, "B-2"))
        try give(VoidAuthorisation.with { $0.authorisation = AuthorisationID(2) })
        try refuse(.authorisationClosed, capture(2, 150, "B-2"))
        try give(authorise(4, at: 2, 150, "B-2"))
        try refuse(.voucherHeld, redeem(4, at: 2, 150, "B-3"))
        try refuse(.captureExceedsAuthorisation, capture(3, 151, "B-2"))

        // A percentage: 90 gives 25, and 5 lapse.
        try give(redeem(9, at: 1, 90, "A-9"))
        try give(redeem(6, at: 3, 100, "C-1"))
        try give(refund(1, 60))
        try refuse(.refundExceedsRedemption, refund(1, 61))
        try give(refund(3, 90))
        try give(redeem(10, at: 1, 90, "A-10"))

        try give(change(3, .suspended))
        try refuse(.merchantSuspended, redeem(7, at: 3, 100, "C-2"))
        try refuse(.merchantStatusUnchanged, change(3, .suspended))
        try give(change(3, .blacklisted))
        try refuse(.merchantBlacklisted, redeem(7, at: 3, 100, "C-2"))
        try give(change(3, .active))

        try refuse(.voucherNotExpired, Lapse.with { $0.voucher = VoucherID(5) })
        clock = clock.adding(3 * Instant.day)
        for voucher: UInt32 in [1, 4, 5, 11] { try give(Lapse.with { $0.voucher = VoucherID(voucher) }) }
        try refuse(.voucherUsed, Lapse.with { $0.voucher = VoucherID(2) })
    }

    mutating func settle() throws {
        let today = state.businessDay(of: clock)
        try refuse(.settlementDayOpen, BuildSettlement.with { $0.through = today })
        try give(BuildSettlement.with { $0.through = BusinessDay(days: today.days - 1) })
        let first = SettlementID(1)
        try refuse(.settlementEmpty, SealSettlement.with { $0.settlement = first })
        let payable = state.payable(through: today)
        try demand(payable.count, is: 4, "the lines of a settlement: two payees, two funds")
        for line in payable { try give(addLine(first, line.payee, line.fund)) }
        try refuse(.lineAlreadyInSettlement, addLine(first, payable[0].payee, payable[0].fund))
        try give(SealSettlement.with { $0.settlement = first })
        try refuse(.makerIsChecker, ApproveSettlement.with { $0.settlement = first })
        try give(undo(first, 1, .held))
        try give(ApproveSettlement.with { $0.settlement = first }, by: "checker")
        try refuse(.settlementNotExported, pay(first, 2))
        try give(ExportSettlement.with { $0.settlement = first })
        try refuse(.settlementExported, undo(first, 2, .held))
        for line: UInt32 in [2, 3] { try give(pay(first, line)) }
        try give(undo(first, 4, .failed))
        try refuse(.lineNotPayable, undo(first, 4, .held))
        try give(undo(first, 2, .bounced))

        // Merchant 2 has been paid from fund 1: its refund is a claw-back, recovered in part.
        try give(refund(2, 130))
        let recovery = Recover.with {
            ($0.merchant, $0.fund, $0.amount, $0.reference) = (
                MerchantID(2), FundID(1), Self.yuan(3), "缴款单 1"
            )
        }
        try give(recovery)
        var tooMuch = recovery
        tooMuch.amount = Self.yuan(3_000)
        try refuse(.recoverExceedsClawBack, tooMuch)

        try give(BuildSettlement.with { $0.through = BusinessDay(days: today.days - 1) })
        let second = SettlementID(2)
        for line in state.payable(through: today) { try give(addLine(second, line.payee, line.fund)) }
        try give(SealSettlement.with { $0.settlement = second })
        try refuse(.settlementHasLiveLines, reject(second), by: "checker")
        for line in 1...state.settlements[second].lines.count {
            try give(undo(second, UInt32(line), .rejected))
        }
        try give(reject(second), by: "checker")
    }

    mutating func close() throws {
        for batch: UInt32 in [1, 2] { try give(CloseBatch.with { $0.batch = BatchID(batch) }) }
        for entry in state.programmes[ProgrammeID(1)].balances.entries where entry.amount > .zero {
            let keep = state.funds[entry.fund].totals.clawBack
            try give(
                Reclaim.with {
                    ($0.programme, $0.fund, $0.amount) = (ProgrammeID(1), entry.fund, entry.amount - keep)
                })
        }
        try give(
            ReturnToTreasury.with { ($0.fund, $0.amount, $0.document) = (FundID(2), Self.yuan(500), "年终收回") })
        try give(EraseResident.with { ($0.subject, $0.reason) = (StorageConformance.digest(3), "本人申请") })
        try publishKeys()
    }
}

extension Season {
    private func issue(_ batch: UInt32, to person: UInt64) -> Issue {
        .with {
            ($0.batch, $0.pseudonym) = (BatchID(batch), Pseudonym(person))
            $0.release = batch == 1 ? .firstCome : .directed
        }
    }

    private func redeem(
        _ voucher: UInt32, at outlet: UInt32, _ bill: Int64, _ order: String, terminal: UInt32 = 0
    ) -> Redeem {
        .with {
            ($0.voucher, $0.outlet, $0.terminal) = (
                VoucherID(voucher), OutletID(outlet), TerminalID(terminal)
            )
            ($0.bill, $0.channel, $0.order) = (Self.yuan(bill), "pos", order)
        }
    }

    private func authorise(_ voucher: UInt32, at outlet: UInt32, _ bill: Int64, _ order: String) -> Authorise
    {
        .with {
            ($0.voucher, $0.outlet) = (VoucherID(voucher), OutletID(outlet))
            ($0.bill, $0.channel, $0.order) = (Self.yuan(bill), "wechat", order)
        }
    }

    private func capture(_ authorisation: UInt32, _ bill: Int64, _ order: String) -> Capture {
        .with {
            ($0.authorisation, $0.bill, $0.order) = (AuthorisationID(authorisation), Self.yuan(bill), order)
        }
    }

    private func refund(_ redemption: UInt32, _ bill: Int64) -> Refund {
        .with { ($0.redemption, $0.bill) = (RedemptionID(redemption), Self.yuan(bill)) }
    }

    private func change(_ merchant: UInt32, _ status: Merchant.Status) -> ChangeMerchant {
        .with { ($0.merchant, $0.status, $0.evidence) = (MerchantID(merchant), status, "稽查 1") }
    }

    private func addLine(_ settlement: SettlementID, _ payee: PayeeID, _ fund: FundID) -> AddSettlementLine {
        .with { ($0.settlement, $0.payee, $0.fund) = (settlement, payee, fund) }
    }

    private func pay(_ settlement: SettlementID, _ line: UInt32) -> PayLine {
        .with { ($0.settlement, $0.line, $0.reference) = (settlement, line, "流水 \(line)") }
    }

    private func undo(_ settlement: SettlementID, _ line: UInt32, _ reason: UndoLine.Reason) -> UndoLine {
        .with { ($0.settlement, $0.line, $0.reason, $0.note) = (settlement, line, reason, "账号不符") }
    }

    private func reject(_ settlement: SettlementID) -> RejectSettlement {
        .with { ($0.settlement, $0.reason) = (settlement, "重做") }
    }

    private mutating func publishKeys() throws {
        var keys: [IssuerKey] = [UInt64(1), 2].map { number in
            .with {
                ($0.id, $0.algorithm) = (KeyID(number), -19)
                $0.publicKey = Octets([UInt8](repeating: UInt8(number), count: 32))
                ($0.notBefore, $0.notAfter) = (clock, clock.adding(30 * Instant.day))
                $0.status = number == 1 ? .active : .published
            }
        }
        let first = PublishKeys.with { ($0.sequence, $0.keys, $0.list) = (1, keys, Octets([0xd2])) }
        try give(first)
        try refuse(.keyListOutOfOrder, first)
        keys[0].status = .retired
        keys[1].status = .active
        try give(PublishKeys.with { ($0.sequence, $0.keys, $0.list) = (2, keys, Octets([0xd2])) })
        keys[0].status = .active
        try refuse(
            .keyListInvalid, PublishKeys.with { ($0.sequence, $0.keys, $0.list) = (3, keys, Octets([0xd2])) })
    }
}
