import CBOR
import LedgerDomain

/// What one fund gives.
struct FundAmount: JSONObject {
    var fund: FundID
    var amount: Amount

    static let fields: [JSONField<FundAmount>] = [
        JSONField(told: "fund", "The fund.") { $0.fund },
        JSONField(told: "amount", "What it gives.") { $0.amount },
    ]
}

extension FundShares {
    /// Fund by fund, for answers.
    var amounts: [FundAmount] { nonZero.map { FundAmount(fund: $0.fund, amount: $0.amount) } }
}

/// One fund's weight in a split.
struct FundWeight: JSONBody {
    var fund = FundID.none
    var weight: UInt32 = 0

    init() {}

    static let fields: [JSONField<FundWeight>] = [
        JSONField("fund", \.fund, "The fund."),
        JSONField("weight", \.weight, "Its part of the whole, such as 60 of 60 and 40."),
    ]
}

extension FundShares {
    /// One to four funds with their weights; none at all for what cannot be a split, which the ledger refuses.
    init(_ weights: [FundWeight]) {
        guard let funds = FundList(weights.map(\.fund)) else {
            self.init()
            return
        }
        self.init(funds, Shares(fen: weights.map { Int64($0.weight) }))
    }

    var weights: [FundWeight] {
        get {
            (0..<count).map { index in
                var weight = FundWeight()
                (weight.fund, weight.weight) = (self[index].fund, UInt32(clamping: self[index].amount.fen))
                return weight
            }
        }
        set { self = FundShares(newValue) }
    }
}

extension JSONField {
    /// The field of every split.
    static func weights(_ path: any WritableKeyPath<Owner, [FundWeight]> & Sendable) -> JSONField {
        JSONField("weights", path, "Which funds pay, and how they share.", .items(1...FundList.capacity))
    }
}

extension NoFields: JSONObject {
    static let fields: [JSONField<NoFields>] = []
}

extension NoFields: JSONBody {}
