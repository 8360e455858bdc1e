import LedgerDomain

/// The values that an event has in every dimension.
struct FigurePlaces {
    typealias Key = (dimension: PeriodFigures.Dimension, key: String)

    let ledger: LedgerCode
    private let towns: [String]
    private let merchants: [MerchantID]
    /// What every outlet is.
    private let outlets: [[Key]]

    /// - Parameter outlets: in the order of their numbers.
    init(_ ledger: LedgerCode, outlets: [OutletRow]) {
        self.ledger = ledger
        towns = outlets.map(\.town)
        merchants = outlets.map(\.merchant)
        self.outlets = outlets.map { outlet in
            [
                (.outlet, outlet.id.text(in: ledger)), (.town, outlet.town),
                (.region, outlet.region.description), (.rural, outlet.rural ? "rural" : "urban"),
                (.cluster, outlet.cluster), (.outletClass, outlet.outletClass),
            ]
        }
    }

    func town(of outlet: OutletID) -> String { towns[Int(outlet.rawValue) - 1] }

    /// Every value that something belongs to.
    func keys(of place: Attribution) -> [Key] {
        var keys: [Key] = [(.day, place.day.text)]
        if let batch = place.batch { keys.append((.batch, batch.text(in: ledger))) }
        if let programme = place.programme { keys.append((.programme, programme.text(in: ledger))) }
        if let outlet = place.outlet { keys += outlets[Int(outlet.rawValue) - 1] }
        if let merchant = place.merchant ?? place.outlet.map({ merchants[Int($0.rawValue) - 1] }) {
            keys.append((.merchant, merchant.text(in: ledger)))
        }
        if let category = place.category { keys.append((.category, category)) }
        if let channel = place.channel { keys.append((.channel, channel)) }
        return keys + place.groups.map { (.group, $0) }
    }
}
