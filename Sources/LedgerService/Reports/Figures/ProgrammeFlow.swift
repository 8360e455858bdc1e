import LedgerDomain

/// What moved between a programme on the one side, and its fund and its payees on the other.
struct ProgrammeFlow: Equatable {
    var allocated = Amount.zero
    /// What went back to the fund.
    var reclaimed = Amount.zero
    /// What payees were credited with, less what was taken back.
    var spent = Amount.zero

    /// Takes a posting of the programme's; what moves between it, its batches and its vouchers counts for nothing.
    mutating func take(_ posting: Posting) {
        let amount = posting.amount
        let (debit, credit) = (posting.debit.kind, posting.credit.kind)
        if debit == .fund { allocated += amount }
        if credit == .fund { reclaimed += amount }
        if credit == .payable { spent += amount }
        if debit == .payable { spent -= amount }
    }
}

extension Posting {
    /// The programme whose own account it moves.
    var programme: ProgrammeID? {
        switch (debit, credit) {
        case (.programme(let id), _), (_, .programme(let id)): id
        default: nil
        }
    }
}
