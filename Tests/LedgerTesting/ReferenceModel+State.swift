import LedgerDomain

/// A token and the voucher it was used on.
struct ModelToken: Hashable, Sendable {
    var voucher: VoucherID
    var id: KeyID
    var expiry: Instant
}

/// One account of one fund.
struct ModelColumn: Hashable, Sendable {
    var account: Account
    var fund: FundID
}

struct ModelFund: Equatable, Sendable {
    var level: FundLevel
    var fiscalYear: Int32
    var matching: Bool
}

struct ModelPlan: Sendable {
    var fund: FundID
    var lines: [PlanLine]
    var maker: Principal
    var approved = false
}

struct ModelRemittance: Sendable {
    var fund: FundID
    var ledger: LedgerCode
    var amount: Int64
    var undone = false
}

/// What makes a receipt unique: the sender and its event.
struct ModelOrigin: Hashable, Sendable {
    var sender: LedgerCode
    var event: UInt64
}

struct ModelProgramme: Sendable {
    var rule: ProgrammeRule
    var status = Programme.Status.submitted
    var maker: Principal
    var versions = 1
    var pending: (document: String, rule: ProgrammeRule, maker: Principal)?
    /// Every fund that money was ever allocated from.
    var funds: Set<FundID> = []
}

struct ModelBatch: Sendable {
    var programme: ProgrammeID
    /// What it was proposed under, and keeps.
    var rule: ProgrammeRule
    var face: Int64
    var quota: UInt32
    var release: Release
    var funds: [FundID]
    var weights: [Int64]
    /// What approval put in, fund by fund.
    var opened: [Int64] = []
    var from: Instant
    var until: Instant
    var access: BatchAccess?
    /// The groups whose reserves gave a voucher, one for each.
    var reserved: [String] = []
    var status = Batch.Status.proposed
    var maker: Principal
}

struct ModelMerchant: Sendable {
    var creditCode: String
    var payee: PayeeID
    var status = Merchant.Status.active
}

struct ModelOutlet: Sendable {
    var merchant: MerchantID
    var category: String
    var region: LedgerCode
    var platformID: String
    var rural = false
}

struct ModelTerminal: Sendable {
    var outlet: OutletID
    var serial: String
}

/// The lines of a file whose closing header has not come yet.
struct ModelImport: Sendable {
    var file: Digest128
    var merchants: [(id: MerchantID, merchant: ModelMerchant, payeeCreditCode: String)] = []
    var outlets: [(id: OutletID, outlet: ModelOutlet)] = []
    var terminals: [(id: TerminalID, terminal: ModelTerminal)] = []

    var count: Int { merchants.count + outlets.count + terminals.count }
}

struct ModelVoucher: Sendable {
    var batch: BatchID
    var holder: Pseudonym
    var expiry: Instant
    /// What each fund of the batch put in.
    var granted: [Int64]
    /// What was redeemed and counts against the person still.
    var redeemed: Int64 = 0
    var status = Voucher.Status.usable
    /// The authorisation opened last.
    var authorisation: AuthorisationID?
    /// The credential issued last.
    var credential: KeyID?
    /// The paper printed last.
    var paper: Digest128?
}

struct ModelPerson: Sendable {
    var number: PersonID
    var programme: ProgrammeID
    var vouchers: [VoucherID] = []
    /// Redemptions by business day.
    var days: [BusinessDay: UInt32] = [:]
    /// Redemptions by merchant.
    var merchants: [MerchantID: UInt32] = [:]
    /// What the programme has paid for offline conflicts and not had back.
    var debt: Int64 = 0
}

struct ModelCredential: Sendable {
    var voucher: VoucherID
    var digest: Digest128
    var cap: Int64
    var issuedAt: Instant
    var expiry: Instant
    var holdUntil: Instant
    var revokedAt: Instant?
    var sales: [ModelPresentation] = []
}

/// What a phone signed and a till was paid for.
struct ModelPresentation: Sendable {
    var counter: UInt32
    var slot: UInt32
    var amount: Int64
    var outlet: OutletID
    var event: UInt64
    var merchant: MerchantID
    var redemption: RedemptionID
}

/// What somebody paid into a card, and the programme that matched it.
struct ModelTopUp: Hashable, Sendable {
    var programme: ProgrammeID
    var reference: String
}

/// A sale by its outlet and the outlet's own reference.
struct ModelPlace: Hashable, Sendable {
    var outlet: OutletID
    var order: String
}

struct ModelAuthorisation: Sendable {
    var voucher: VoucherID
    var outlet: OutletID
    var terminal: TerminalID
    var bill: Amount
    var channel: String
    var held: Int64
    var instant: Instant
    var expiry: Instant
    var session: SessionID?
    /// Whether it has been captured or voided.
    var closed = false
}

struct ModelRedemption: Sendable {
    var voucher: VoucherID
    var merchant: MerchantID
    var bill: Int64
    var shares: [Int64]
    var refundedBill: Int64 = 0
    var refundedShares: [Int64]
    /// Whether the programme paid it.
    var absorbed = false
    var session: SessionID?
}

/// A sale by its merchant and the merchant's own reference.
struct ModelSale: Hashable, Sendable {
    var merchant: MerchantID
    var order: String
}

/// What one merchant is owed of one fund.
struct ModelOwed: Equatable, Sendable {
    /// Redeemed, by business day.
    var days: [BusinessDay: Int64] = [:]
    /// Refunds and recoveries that no settlement has taken: they have no day.
    var adjustment: Int64 = 0

    var total: Int64 { days.values.reduce(adjustment, +) }
}

struct ModelSettlement: Sendable {
    var through: BusinessDay
    var status = Settlement.Status.built
    var maker: Principal
    var lines: [ModelLine] = []

    /// Whether some line is neither paid nor undone.
    var stands: Bool { lines.contains { $0.status == .sealed } }
}

struct ModelLine: Sendable {
    var payee: PayeeID
    var fund: FundID
    var amount: Int64
    /// What it took from each merchant, to be put back when it is undone.
    var taken: [MerchantID: ModelOwed]
    var status = SettlementLine.Status.sealed
}
