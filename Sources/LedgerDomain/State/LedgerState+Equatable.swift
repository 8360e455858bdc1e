/// Two states are equal when no command could tell them apart.
extension LedgerState: Equatable {
    package static func == (left: LedgerState, right: LedgerState) -> Bool {
        left.records == right.records && left.vouchers == right.vouchers && left.people == right.people
            && left.authorisations == right.authorisations && left.redemptions == right.redemptions
            && left.purchases == right.purchases && left.keys == right.keys && left.sales == right.sales
            && left.topUps == right.topUps && left.tickets == right.tickets
            && left.attended == right.attended
            && left.pseudonyms == right.pseudonyms
    }
}
