/// What somebody may do, one word each; but for those of people alone, the scopes of a machine's key.
package enum Permission: String, CaseIterable, Sendable {
    /// Read the log's tiles and entries and check the book, as an auditor does.
    case audit
    /// Read what the ledger has, without personal data.
    case read
    /// Redeem, authorise, capture and void at a till; upload what a till sold offline.
    case redeem
    /// Give a captured redemption back.
    case refund
    /// Claim, enter lotteries, exchange points and hand back for residents; make their tokens and credentials.
    case claim
    /// Issue directed vouchers, match top-ups, give points, lapse what has expired.
    case issue
    /// Register residents and attest what groups they belong to.
    case residents
    /// Register merchants, outlets and terminals; hold and release merchants.
    case merchants
    /// Make funds, appropriations, plans, remittances and allocations.
    case money
    /// Approve what others planned to do with money.
    case approveMoney = "money.approve"
    /// Make programmes, batches, catalogues, sessions and awards.
    case programmes
    /// Approve what others made of them.
    case approveProgrammes = "programmes.approve"
    /// Take part in a lottery: commit and reveal seeds.
    case draw
    /// Attest who came to a session.
    case admissions
    /// Build, seal and export settlements, and say what the bank did; reconcile, work differences and risks, hold payees.
    case settlements
    /// Approve or reject what others built.
    case approveSettlements = "settlements.approve"
    /// Publish and revoke the keys of tokens.
    case tokenKeys = "token-keys"
    /// Settings of the ledger.
    case administer
    /// Erase a resident's personal data.
    case erase
    /// See a resident's personal data in clear, for a reason that is recorded.
    case reveal
    /// Make accounts and grant them roles.
    case accounts
    /// Let terminals enrol and give cashiers their PINs: whoever may, may let in who redeems.
    case terminals
    /// Read what one merchant is owed.
    case trade
    /// Dispute what a merchant's statement says.
    case dispute
    /// See what looks odd, of residents by their pseudonyms and of merchants.
    case risks
    /// Fetch the signed batches of each day for the city's platform, and give its receipts.
    case exchange
    /// A person's own sign-in: leave, choose another password.
    case session
    /// A resident's own vouchers, claims and tokens.
    case own

    /// Whether it approves what others made.
    package var approves: Bool { [.approveMoney, .approveProgrammes, .approveSettlements].contains(self) }

    /// What a machine's key may be given: everything but what is a person's to do.
    package static let scopes = allCases.filter { ![.session, .own, .accounts, .terminals].contains($0) }
}
