import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage

extension CommitSeed: JSONBody {
    static let fields: [JSONField<CommitSeed>] = [
        JSONField("commitment", \.commitment, "SHA-256 of the 32 bytes of the seed, 64 digits.")
    ]
}

extension RevealSeed: JSONBody {
    static let fields: [JSONField<RevealSeed>] = [
        JSONField("seed", \.seed, "The seed, 64 digits.")
    ]
}

extension RevealSeed.Accepted: JSONObject {
    static let fields: [JSONField<RevealSeed.Accepted>] = [
        JSONField(told: "draw", "What everybody draws from, once every seed is known.", isRequired: false) {
            $0.draw
        },
        JSONField(told: "winners", "How many won.", isRequired: false) { $0.winners },
    ]
}

extension FreezeLottery: JSONBody {
    static let fields: [JSONField<FreezeLottery>] = []
}

extension FreezeLottery.Accepted: JSONObject {
    static let fields: [JSONField<FreezeLottery.Accepted>] = [
        JSONField(told: "entries", "How many entered.") { $0.count },
        JSONField(told: "root", "The root of the list of entries (RFC 6962).") { $0.root },
    ]
}

extension VoidLottery: JSONBody {
    static let fields: [JSONField<VoidLottery>] = []
}

/// A person's entry.
struct LotteryTicket: JSONObject {
    var receipt: Receipt<EnterLottery>
    var mark: Octets

    static let fields: [JSONField<LotteryTicket>] = [
        JSONField(told: "event", "The event that records it.") { $0.receipt.event },
        JSONField(told: "instant", "When.") { $0.receipt.instant },
        JSONField(told: "number", "The entry's number (报名号).") { $0.receipt.accepted.number },
        JSONField(told: "mark", "By which the entry is found in the published list; for the person alone.") {
            $0.mark
        },
    ]
}

extension Lottery.Party: JSONObject {
    static var schemaName: String { "LotteryParty" }
    static let fields: [JSONField<Lottery.Party>] = [
        JSONField(told: "name", "Who.") { $0.principal },
        JSONField(told: "commitment", "What it committed itself to.", isRequired: false) { $0.commitment },
        JSONField(told: "seed", "What it revealed.", isRequired: false) { $0.seed },
    ]
}

/// A lottery as far as it is.
struct LotteryDetails: JSONObject {
    var lottery: Lottery

    static let fields: [JSONField<LotteryDetails>] = [
        JSONField(told: "entries", "How many entered.") { UInt32(clamping: $0.lottery.entrants.count) },
        JSONField(told: "winners", "How many won.") {
            UInt32(clamping: $0.lottery.outcomes.count { $0 != .open })
        },
        JSONField(told: "issued", "How many winners have their voucher.") {
            UInt32(clamping: $0.lottery.outcomes.count { $0 == .issued })
        },
        JSONField(told: "revealBy", "Until before when seeds are taken.") { $0.lottery.revealBy },
        JSONField(told: "root", "The root of the frozen list.", isRequired: false) { $0.lottery.root },
        JSONField(told: "draw", "What everybody draws from.", isRequired: false) { $0.lottery.draw },
        JSONField(told: "void", "Whether it came to nothing.") { $0.lottery.isVoid },
        JSONField(told: "parties", "Who makes the chance.") { $0.lottery.parties },
    ]
}

extension Endpoint {
    static let lotteries: [Endpoint] =
        [
            get("batches/{batch}/lottery", "getLottery", .lotteries, .read, "A lottery (摇号) as far as it is.")
            {
                request in
                let id: BatchID = try request.path("batch")
                guard let lottery = try request.service.state({ $0.lotteries[id] }) else {
                    throw request.missing(.lottery, id)
                }
                return LotteryDetails(lottery: lottery)
            },
            command(
                CommitSeed.self, "batches/{batch}/lottery/commitments", .lotteries, .draw,
                "Commit to a secret seed before anybody enters."
            ) { $0.batch = try $1.path("batch") },
            post(
                "batches/{batch}/lottery/entries", "enterLottery", .lotteries, .claim,
                "Enter a lottery for a resident (报名).", creates: true
            ) { (claim: EntryRequest, request: APIRequest) in
                let person = try request.resident(claim.resident)
                let (receipt, mark) = try await request.service.enter(
                    try request.path("batch"), for: person.number, proxy: claim.proxy,
                    channel: claim.channel ?? person.platform, request.call)
                return (LotteryTicket(receipt: receipt, mark: mark), receipt.isReplay)
            }.lane(.claim),
            command(
                FreezeLottery.self, "batches/{batch}/lottery/freeze", .lotteries, .programmes,
                "End entries and freeze their list."
            ) { $0.batch = try $1.path("batch") },
            command(
                RevealSeed.self, "batches/{batch}/lottery/seeds", .lotteries, .draw,
                "Reveal the seed that was committed to; the last one draws."
            ) { $0.batch = try $1.path("batch") },
            command(
                VoidLottery.self, "batches/{batch}/lottery/void", .lotteries, .programmes,
                "Void a lottery whose seeds were not all revealed in time."
            ) { $0.batch = try $1.path("batch") },
            post(
                "batches/{batch}/lottery/vouchers", "issueWon", .lotteries, .issue,
                "Issue the winners' vouchers; again after an interruption, it goes on."
            ) { (_: NoFields, request: APIRequest) in
                (try await request.service.issueWon(try request.path("batch"), request.call), false)
            },
        ] + published

    /// What wenhui lottery verify reads, file by file; the steps' receipts are at receipts/{event}.
    private static let published: [Endpoint] = [
        file(
            "batches/{batch}/lottery/lottery.json", "getLotteryRecord", .lotteries, .read,
            "The published record of a frozen or drawn lottery.", type: "application/json"
        ) { Array(try $0.publication.recordText.utf8) },
        file(
            "batches/{batch}/lottery/entries.csv", "getLotteryEntries", .lotteries, .read,
            "The numbered list of entries.", type: "text/csv"
        ) { Array(try $0.publication.entriesText.utf8) },
        file(
            "batches/{batch}/lottery/winners.csv", "getLotteryWinners", .lotteries, .read,
            "Who won, in the order of the draw.", type: "text/csv"
        ) { request in
            guard let text = try request.publication.winnersText else {
                throw request.missing(.draw, try request.path("batch") as BatchID)
            }
            return Array(text.utf8)
        },
    ]
}

extension APIRequest {
    fileprivate var publication: LotteryPublication {
        get throws { try service.publication(of: try path("batch")) }
    }
}

/// Who enters.
struct EntryRequest: JSONBody {
    var resident = ""
    var proxy: String?
    var channel: String?

    init() {}

    static let fields: [JSONField<EntryRequest>] = [
        .resident(\.resident), .proxy(\.proxy), .channel(\.channel),
    ]
}
