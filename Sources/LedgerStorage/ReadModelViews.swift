package import LedgerDomain

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
