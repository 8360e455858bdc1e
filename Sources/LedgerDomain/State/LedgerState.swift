/// Everything `decide` needs of one ledger, and nothing else; a value that only `apply` changes (DESIGN §4).
package struct LedgerState: Sendable {
    /// The number of events applied, and so the number of the next one.
    package internal(set) var size: UInt64 = 0
    /// The instant of the last event.
    package internal(set) var lastInstant = Instant(microseconds: 0)
    package internal(set) var profile: LedgerProfile?
    package internal(set) var settings = LedgerSettings()

    package internal(set) var funds = DenseTable<Fund>()
    package internal(set) var plans = DenseTable<RemittancePlan>()
    /// Money sent, by the event that sent it.
    package internal(set) var remittances: [UInt64: Remittance] = [:]
    /// Money received, by the event that received it.
    package internal(set) var receipts: [UInt64: Remittance] = [:]
    package internal(set) var programmes = DenseTable<Programme>()
    package internal(set) var batches = DenseTable<Batch>()
    /// The draws of batches that are released by one.
    package internal(set) var lotteries: [BatchID: Lottery] = [:]
    /// Every commitment that any lottery was ever given.
    package internal(set) var commitments: Set<Octets> = []
    /// For whom each proxy has taken vouchers or entered.
    package internal(set) var proxied: [Pseudonym: [Pseudonym]] = [:]
    package internal(set) var merchants = DenseTable<Merchant>()
    package internal(set) var payees = DenseTable<Payee>()
    package internal(set) var outlets = DenseTable<Outlet>()
    package internal(set) var terminals = DenseTable<Terminal>()
    package internal(set) var settlements = DenseTable<Settlement>()
    package internal(set) var unsettled: [MerchantFund: Unsettled] = [:]
    package internal(set) var reports = DenseTable<FiledReport>()
    /// The last day of the month that was closed last.
    package internal(set) var closedThrough: BusinessDay?
    package internal(set) var corrections = DenseTable<Correction>()
    package internal(set) var resolutions = DenseTable<Resolution>()
    /// Differences that a resolution stands for, proposed or approved.
    package internal(set) var resolved: [Octets: ResolutionID] = [:]
    /// Imports whose closing header has not come yet, at most one of a kind.
    package internal(set) var staged: [ImportKind: StagedImport] = [:]
    /// The files that have been imported, by their digest, with the event that did it.
    package internal(set) var imported: [Digest128: UInt64] = [:]
    /// Residents whose personal data is to be gone, by the vault's MAC, with the event that decided it last.
    package internal(set) var erased: [Digest128: UInt64] = [:]
    /// The roles of every account that has some.
    package internal(set) var grants: [String: Grant] = [:]
    /// The keys that tokens may be signed with.
    package internal(set) var keyList = IssuerKeyList()
    /// Tokens that could be shown a second time.
    package internal(set) var usedTokens = UsedTokens()
    /// Offline credentials, by their IDs.
    package internal(set) var credentials: [KeyID: OfflineCredential] = [:]
    /// Credentials by the day in which tills must have uploaded, so that they are forgotten then.
    package internal(set) var credentialEnds: [Int64: [KeyID]] = [:]
    /// The credential issued last for a voucher that has one.
    package internal(set) var credentialIDs: [VoucherID: KeyID] = [:]
    /// Vouchers on paper, by what the ledger keeps of their serials: the one printed last.
    package internal(set) var papers: [VoucherID: Digest128] = [:]
    /// The sales channels seen so far; a hold keeps its channel by its place here.
    package internal(set) var channels: [String] = []

    package internal(set) var sessions = DenseTable<Session>()
    package internal(set) var awards = DenseTable<Award>()
    /// Bookings for a session that are not captured or voided.
    package internal(set) var sessionHolds: [AuthorisationID: SessionID] = [:]
    /// Redemptions that were for a session.
    package internal(set) var sessionSales: [RedemptionID: SessionID] = [:]
    /// The subsidy of redemptions at a merchant that a programme's rewards have counted.
    package internal(set) var rewarded: [ProgrammeMerchant: Amount] = [:]

    package internal(set) var catalogues: [Catalogue] = []
    /// When people who were attested to be minors grow up.
    package internal(set) var minors: [Pseudonym: Instant] = [:]
    /// Copies of titles, and copies of people, that were paid in a month, where a rule limits them.
    package internal(set) var titles: [TitleMonth: UInt32] = [:]
    package internal(set) var personMonths: [PersonMonth: UInt32] = [:]
    package internal(set) var points: [PersonID: PointsAccount] = [:]
    package internal(set) var pointsIssued: [ProgrammeID: Amount] = [:]

    package internal(set) var vouchers = DenseTable<Voucher>()
    package internal(set) var people = DenseTable<Person>()
    package internal(set) var authorisations = DenseTable<Authorisation>()
    package internal(set) var redemptions = DenseTable<Redemption>()
    /// What has been refunded, for the few redemptions that were.
    package internal(set) var refunds: [RedemptionID: Refunded] = [:]
    /// Redemptions of one person at one merchant, where a rule limits them.
    package internal(set) var purchases: [PersonMerchant: UInt32] = [:]
    /// Idempotency keys to event numbers.
    package internal(set) var keys = DigestIndex()
    /// Sales that a voucher has paid for, to their merchants.
    package internal(set) var sales = DigestIndex()
    /// Tickets that were counted and sales whose price cut was given back, to their merchants.
    package internal(set) var tickets = DigestIndex()
    /// Activities that earned points, to their persons.
    package internal(set) var attended = DigestIndex()
    /// Top-ups that were matched, to their programmes.
    package internal(set) var topUps = DigestIndex()
    /// Pseudonyms to persons.
    package internal(set) var pseudonyms = DigestIndex()

    package init() {}

    /// Whether a clock is so far behind the last event, five seconds, that nothing is decided by it (DESIGN §4); a practice
    /// ledger goes by the clock that it is told.
    package func isAhead(of clock: Instant) -> Bool {
        profile?.practice == false && clock.adding(5 * Instant.second) < lastInstant
    }

    /// Registered credit codes and platform ids, for the check that nothing is registered twice.
    package func merchant(creditCode: String) -> MerchantID? {
        merchants.enumerated.first { $0.entity.creditCode == creditCode }?.id
    }

    /// The rule that a batch and its vouchers follow.
    package func rule(of batch: Batch) -> ProgrammeRule {
        programmes[batch.programme].rules[Int(batch.version)]
    }

    /// The person behind a pseudonym, once it has had a voucher.
    package func person(_ pseudonym: Pseudonym) -> PersonID? {
        pseudonyms.first(pseudonym.rawValue) { people[PersonID($0)].pseudonym == pseudonym }.map {
            PersonID($0)
        }
    }

    /// The business day that `instant` falls on in this ledger.
    package func businessDay(of instant: Instant) -> BusinessDay {
        instant.businessDay(cutOff: settings[.businessDayCutOff])
    }
}
