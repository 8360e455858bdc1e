/// One row that the read model gains or changes; made from an event alone and applied in order.
///
/// Rows that are large are boxed, so that the small ones, which are many, stay small.
package enum ReadModelChange: Sendable, Equatable {
    indirect case ledger(LedgerProfile)
    case setting(Setting, Int64)
    indirect case fund(FundRow)
    indirect case plan(PlanRow)
    case planApproved(PlanID, by: Principal)
    indirect case remittance(RemittanceRow)
    /// The remittance or receipt of this event was sent back.
    case remittanceUndone(event: UInt64)
    indirect case programme(ProgrammeRow)
    case programmeStatus(ProgrammeID, Programme.Status, approvedBy: Principal?)
    indirect case batch(BatchRow)
    case batchStatus(BatchID, Batch.Status, approvedBy: Principal?)
    indirect case merchant(MerchantRow)
    case merchantStatus(MerchantID, Merchant.Status)
    indirect case outlet(OutletRow)
    indirect case terminal(TerminalRow)
    indirect case importedFile(ImportRow)
    case voucher(VoucherRow)
    case voucherStatus(VoucherID, Voucher.Status)
    indirect case authorisation(AuthorisationRow)
    case authorisationStatus(AuthorisationID, Authorisation.Status)
    indirect case redemption(RedemptionRow)
    case refund(RefundRow)
    indirect case settlement(SettlementRow)
    case settlementStatus(SettlementID, Settlement.Status, approvedBy: Principal?)
    indirect case settlementLine(SettlementLineRow)
    case settlementLineStatus(SettlementID, line: UInt32, SettlementLine.Status, note: String)
    indirect case refusal(RefusalRow)
    case posting(PostingRow)
    /// The balance of an account after the event.
    case balance(Account, FundID, Amount)
}
