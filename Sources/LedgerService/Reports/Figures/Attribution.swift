import LedgerDomain

/// What an event's figures belong to; facts that never change once they are in the log.
struct Attribution: Hashable {
    var day: BusinessDay
    var voucher: VoucherID?
    var batch: BatchID?
    var programme: ProgrammeID?
    var outlet: OutletID?
    var merchant: MerchantID?
    var category: String?
    var channel: String?
    var groups: [String] = []
    var person: PersonID?
}
