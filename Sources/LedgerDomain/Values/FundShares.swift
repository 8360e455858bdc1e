package import CBOR

/// One to four funds in a fixed order, as a batch names them.
package struct FundList: Hashable, Sendable, BitwiseCopyable, Codable {
    /// The most funds that may pay for one voucher: central, province, city, county.
    package static let capacity = 4

    private var slots = SIMD4<UInt32>(repeating: 0)
    package private(set) var count = 0

    package init() {}

    /// `nil` for no fund, more than four, or one named twice.
    package init?(_ funds: some Collection<FundID>) {
        guard (1...FundList.capacity).contains(funds.count) else { return nil }
        for fund in funds {
            guard index(of: fund) == nil else { return nil }
            slots[count] = fund.rawValue
            count += 1
        }
    }

    package subscript(index: Int) -> FundID { FundID(slots[index]) }

    package func index(of fund: FundID) -> Int? {
        (0..<count).first { slots[$0] == fund.rawValue }
    }
}

/// An amount split over the funds of a ``FundList``, slot by slot.
package struct Shares: Hashable, Sendable, BitwiseCopyable, Codable {
    package var slots: SIMD4<Int64>

    package init(_ slots: SIMD4<Int64>) { self.slots = slots }
    package init(fen: [Int64]) {
        slots = .zero
        for index in fen.indices.prefix(FundList.capacity) { slots[index] = fen[index] }
    }

    package static let zero = Shares(.zero)
    package var total: Amount { Amount(fen: slots[0] + slots[1] + slots[2] + slots[3]) }
    package subscript(index: Int) -> Amount {
        get { Amount(fen: slots[index]) }
        set { slots[index] = newValue.fen }
    }

    package static func + (left: Shares, right: Shares) -> Shares { Shares(left.slots &+ right.slots) }
    package static func - (left: Shares, right: Shares) -> Shares { Shares(left.slots &- right.slots) }
}

/// An amount split over named funds, as an event carries it: complete without any other data.
package struct FundShares: Hashable, Sendable {
    package var funds: FundList
    package var shares: Shares

    package init(_ funds: FundList = FundList(), _ shares: Shares = .zero) {
        self.funds = funds
        self.shares = shares
    }

    package var total: Amount { shares.total }
    package var count: Int { funds.count }
    package subscript(index: Int) -> (fund: FundID, amount: Amount) { (funds[index], shares[index]) }

    /// The funds and amounts in fund order, without those that give nothing.
    package var nonZero: [(fund: FundID, amount: Amount)] {
        (0..<count).map { self[$0] }.filter { $0.amount != .zero }
    }
}

extension FundShares: CBORCodable {
    /// An array of fund, amount, fund, amount …
    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: count * 2)
        for index in 0..<count {
            funds[index].encode(to: &encoder)
            shares[index].encode(to: &encoder)
        }
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let mismatch = decoder.unexpectedKey
        let items = try decoder.enterArray()
        guard items.isMultiple(of: 2), items <= FundList.capacity * 2 else { throw mismatch }
        var ids: [FundID] = []
        var amounts = Shares.zero
        for index in 0..<items / 2 {
            ids.append(try FundID(from: &decoder))
            amounts[index] = try Amount(from: &decoder)
        }
        decoder.leave()
        guard let list = items == 0 ? FundList() : FundList(ids) else { throw mismatch }
        self.init(list, amounts)
    }
}
