/// The two halves of a state as a snapshot keeps them: records for the few, raw tables for the millions.
extension LedgerState {
    /// Everything but the dense tables.
    package struct Records: Codable, Equatable, Sendable {
        var size: UInt64
        var lastInstant: Instant
        var profile: LedgerProfile?
        var settings: LedgerSettings
        var funds: DenseTable<Fund>
        var plans: DenseTable<RemittancePlan>
        var remittances: [UInt64: Remittance]
        var receipts: [UInt64: Remittance]
        var programmes: DenseTable<Programme>
        var batches: DenseTable<Batch>
        var lotteries: [BatchID: Lottery]
        var commitments: Set<Octets>
        var proxied: [Pseudonym: [Pseudonym]]
        var sessions: DenseTable<Session>
        var awards: DenseTable<Award>
        var sessionHolds: [AuthorisationID: SessionID]
        var catalogues: [Catalogue]
        var minors: [Pseudonym: Instant]
        var titles: [TitleMonth: UInt32]
        var personMonths: [PersonMonth: UInt32]
        var points: [PersonID: PointsAccount]
        var pointsIssued: [ProgrammeID: Amount]
        var sessionSales: [RedemptionID: SessionID]
        var rewarded: [ProgrammeMerchant: Amount]
        var merchants: DenseTable<Merchant>
        var payees: DenseTable<Payee>
        var outlets: DenseTable<Outlet>
        var terminals: DenseTable<Terminal>
        var settlements: DenseTable<Settlement>
        var unsettled: [MerchantFund: Unsettled]
        var reports: DenseTable<FiledReport>
        var closedThrough: BusinessDay?
        var corrections: DenseTable<Correction>
        var resolutions: DenseTable<Resolution>
        var resolved: [Octets: ResolutionID]
        var staged: [ImportKind: StagedImport]
        var imported: [Digest128: UInt64]
        var erased: [Digest128: UInt64]
        var grants: [String: Grant]
        var keyList: IssuerKeyList
        var usedTokens: UsedTokens
        var credentials: [KeyID: OfflineCredential]
        var credentialEnds: [Int64: [KeyID]]
        var credentialIDs: [VoucherID: KeyID]
        var papers: [VoucherID: Digest128]
        var channels: [String]
        var refunds: [RedemptionID: Refunded]
    }

    /// A dense table's name; the order is that of ``tables``.
    package enum Table: Int, CaseIterable, Sendable {
        case vouchers, people, authorisations, redemptions, purchases
        case keyDigests, keyNumbers, saleDigests, saleNumbers, pseudonymDigests, pseudonymNumbers
        case topUpDigests, topUpNumbers, ticketDigests, ticketNumbers
        case attendedDigests, attendedNumbers

        /// The bytes of one row, which a snapshot of another build may lay out differently.
        package var stride: Int {
            switch self {
            case .vouchers: MemoryLayout<Voucher>.stride
            case .people: MemoryLayout<Person>.stride
            case .authorisations: MemoryLayout<Authorisation>.stride
            case .redemptions: MemoryLayout<Redemption>.stride
            case .purchases: MemoryLayout<Purchase>.stride
            case .keyDigests, .saleDigests, .pseudonymDigests, .topUpDigests, .ticketDigests,
                .attendedDigests:
                MemoryLayout<UInt64>.stride
            case .keyNumbers, .saleNumbers, .pseudonymNumbers, .topUpNumbers, .ticketNumbers,
                .attendedNumbers:
                MemoryLayout<UInt32>.stride
            }
        }
    }

    struct Purchase: BitwiseCopyable {
        var key: PersonMerchant
        var count: UInt32
    }

    package var records: Records {
        Records(
            size: size, lastInstant: lastInstant, profile: profile, settings: settings, funds: funds,
            plans: plans, remittances: remittances, receipts: receipts, programmes: programmes,
            batches: batches, lotteries: lotteries, commitments: commitments, proxied: proxied,
            sessions: sessions, awards: awards,
            sessionHolds: sessionHolds, catalogues: catalogues, minors: minors, titles: titles,
            personMonths: personMonths, points: points,
            pointsIssued: pointsIssued, sessionSales: sessionSales, rewarded: rewarded,
            merchants: merchants,
            payees: payees, outlets: outlets, terminals: terminals,
            settlements: settlements, unsettled: unsettled, reports: reports, closedThrough: closedThrough,
            corrections: corrections, resolutions: resolutions, resolved: resolved, staged: staged,
            imported: imported,
            erased: erased, grants: grants, keyList: keyList, usedTokens: usedTokens,
            credentials: credentials,
            credentialEnds: credentialEnds, credentialIDs: credentialIDs, papers: papers, channels: channels,
            refunds: refunds)
    }

    /// Hands out the raw bytes of one table, piece by piece.
    package func forEachPiece(
        of table: Table, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) rethrows {
        switch table {
        case .vouchers: try vouchers.storage.forEachPiece(body)
        case .people: try people.storage.forEachPiece(body)
        case .authorisations: try authorisations.storage.forEachPiece(body)
        case .redemptions: try redemptions.storage.forEachPiece(body)
        case .purchases:
            for (key, count) in purchases {
                try withUnsafeBytes(of: Purchase(key: key, count: count), body)
            }
        case .keyDigests: try keys.digests.forEachPiece(body)
        case .keyNumbers: try keys.numbers.forEachPiece(body)
        case .saleDigests: try sales.digests.forEachPiece(body)
        case .saleNumbers: try sales.numbers.forEachPiece(body)
        case .topUpDigests: try topUps.digests.forEachPiece(body)
        case .topUpNumbers: try topUps.numbers.forEachPiece(body)
        case .ticketDigests: try tickets.digests.forEachPiece(body)
        case .ticketNumbers: try tickets.numbers.forEachPiece(body)
        case .attendedDigests: try attended.digests.forEachPiece(body)
        case .attendedNumbers: try attended.numbers.forEachPiece(body)
        case .pseudonymDigests: try pseudonyms.digests.forEachPiece(body)
        case .pseudonymNumbers: try pseudonyms.numbers.forEachPiece(body)
        }
    }

    /// How many rows a table has.
    private func count(of table: Table) -> Int {
        switch table {
        case .vouchers: vouchers.count
        case .people: people.count
        case .authorisations: authorisations.count
        case .redemptions: redemptions.count
        case .purchases: purchases.count
        case .keyDigests, .keyNumbers: keys.digests.count
        case .saleDigests, .saleNumbers: sales.digests.count
        case .topUpDigests, .topUpNumbers: topUps.digests.count
        case .ticketDigests, .ticketNumbers: tickets.digests.count
        case .attendedDigests, .attendedNumbers: attended.digests.count
        case .pseudonymDigests, .pseudonymNumbers: pseudonyms.digests.count
        }
    }

    /// The bytes of one table.
    package func byteCount(of table: Table) -> Int { count(of: table) * table.stride }

    /// Puts a state together again; `nil` when the parts do not fit each other.
    ///
    /// The caller has made sure, by a MAC, that this program wrote the bytes: they become values as they are.
    package init?(_ records: Records, table: (Table) -> UnsafeRawBufferPointer?) {
        func rows<Row: BitwiseCopyable>(_ name: Table, as type: Row.Type) -> ChunkedArray<Row>? {
            guard let bytes = table(name), bytes.count % MemoryLayout<Row>.stride == 0 else { return nil }
            return ChunkedArray(bytes: bytes)
        }
        guard let vouchers = rows(.vouchers, as: Voucher.self), let people = rows(.people, as: Person.self),
            let authorisations = rows(.authorisations, as: Authorisation.self),
            let redemptions = rows(.redemptions, as: Redemption.self),
            let purchases = rows(.purchases, as: Purchase.self),
            let keyDigests = rows(.keyDigests, as: UInt64.self),
            let keyNumbers = rows(.keyNumbers, as: UInt32.self),
            let saleDigests = rows(.saleDigests, as: UInt64.self),
            let saleNumbers = rows(.saleNumbers, as: UInt32.self),
            let topUpDigests = rows(.topUpDigests, as: UInt64.self),
            let topUpNumbers = rows(.topUpNumbers, as: UInt32.self),
            let pseudonymDigests = rows(.pseudonymDigests, as: UInt64.self),
            let pseudonymNumbers = rows(.pseudonymNumbers, as: UInt32.self),
            let ticketDigests = rows(.ticketDigests, as: UInt64.self),
            let ticketNumbers = rows(.ticketNumbers, as: UInt32.self),
            let tickets = DigestIndex(digests: ticketDigests, numbers: ticketNumbers),
            let attendedDigests = rows(.attendedDigests, as: UInt64.self),
            let attendedNumbers = rows(.attendedNumbers, as: UInt32.self),
            let attended = DigestIndex(digests: attendedDigests, numbers: attendedNumbers),
            let keys = DigestIndex(digests: keyDigests, numbers: keyNumbers),
            let sales = DigestIndex(digests: saleDigests, numbers: saleNumbers),
            let topUps = DigestIndex(digests: topUpDigests, numbers: topUpNumbers),
            let pseudonyms = DigestIndex(digests: pseudonymDigests, numbers: pseudonymNumbers),
            UInt64(keys.count) == records.size
        else { return nil }
        self.init(records)
        self.vouchers = DenseTable(storage: vouchers)
        self.people = DenseTable(storage: people)
        self.authorisations = DenseTable(storage: authorisations)
        self.redemptions = DenseTable(storage: redemptions)
        self.purchases = Dictionary(purchases.map { ($0.key, $0.count) }) { first, _ in first }
        self.keys = keys
        self.sales = sales
        self.topUps = topUps
        self.tickets = tickets
        self.attended = attended
        self.pseudonyms = pseudonyms
    }

    private init(_ records: Records) {
        self.init()
        size = records.size
        lastInstant = records.lastInstant
        profile = records.profile
        settings = records.settings
        funds = records.funds
        plans = records.plans
        remittances = records.remittances
        receipts = records.receipts
        programmes = records.programmes
        batches = records.batches
        lotteries = records.lotteries
        commitments = records.commitments
        proxied = records.proxied
        sessions = records.sessions
        awards = records.awards
        sessionHolds = records.sessionHolds
        catalogues = records.catalogues
        minors = records.minors
        titles = records.titles
        personMonths = records.personMonths
        points = records.points
        pointsIssued = records.pointsIssued
        sessionSales = records.sessionSales
        rewarded = records.rewarded
        merchants = records.merchants
        payees = records.payees
        outlets = records.outlets
        terminals = records.terminals
        settlements = records.settlements
        unsettled = records.unsettled
        reports = records.reports
        closedThrough = records.closedThrough
        corrections = records.corrections
        resolutions = records.resolutions
        resolved = records.resolved
        staged = records.staged
        imported = records.imported
        erased = records.erased
        grants = records.grants
        keyList = records.keyList
        usedTokens = records.usedTokens
        credentials = records.credentials
        credentialEnds = records.credentialEnds
        credentialIDs = records.credentialIDs
        papers = records.papers
        channels = records.channels
        refunds = records.refunds
    }

    /// The bytes that the dense tables take, for reports on memory.
    package var tableBytes: Int {
        Table.allCases.reduce(0) { $0 + byteCount(of: $1) }
    }
}
