import GRDB
import LedgerDomain
import LedgerStorage

/// Writes what events change in the read model, each row by a kept statement, on the writer's connection.
final class SQLiteChanges {
    private let traffic: SQLiteTrafficChanges
    private let funds: SQLiteFundChanges
    private let programmes: SQLiteProgrammeChanges
    private let registry: SQLiteRegistryChanges
    private let settling: SQLiteSettlementChanges
    private let offline: SQLiteOfflineChanges
    private let supply: SQLiteSupplyChanges
    private let closing: SQLiteClosingChanges

    init(_ db: Database) throws(StorageError) {
        traffic = try SQLiteTrafficChanges(db)
        funds = try SQLiteFundChanges(db)
        programmes = try SQLiteProgrammeChanges(db)
        registry = try SQLiteRegistryChanges(db)
        settling = try SQLiteSettlementChanges(db)
        offline = try SQLiteOfflineChanges(db)
        supply = try SQLiteSupplyChanges(db)
        closing = try SQLiteClosingChanges(db)
    }

    /// Applies `changes` in order. A balance that a later change of the same call overwrites is written once:
    /// events state balances, not differences.
    func apply(_ changes: [ReadModelChange], to ledger: LedgerCode) throws(StorageError) {
        var balances: [BalanceKey: Amount] = [:]
        for change in changes {
            if case .balance(let account, let fund, let amount) = change {
                balances[BalanceKey(account: account, fund: fund)] = amount
                continue
            }
            if try traffic.apply(change, ledger.rawValue) { continue }
            if try funds.apply(change, ledger.rawValue) { continue }
            if try programmes.apply(change, ledger.rawValue) { continue }
            if try registry.apply(change, ledger.rawValue) { continue }
            if try settling.apply(change, ledger.rawValue) { continue }
            if try offline.apply(change, ledger.rawValue) { continue }
            if try supply.apply(change, ledger.rawValue) { continue }
            _ = try closing.apply(change, ledger.rawValue)
        }
        // In the order of the table, so that neighbours are written while their page is at hand.
        for (key, amount) in balances.sorted(by: { $0.key < $1.key }) {
            _ = try traffic.apply(.balance(key.account, key.fund, amount), ledger.rawValue)
        }
    }

    private struct BalanceKey: Hashable, Comparable {
        var account: Account
        var fund: FundID

        static func < (left: BalanceKey, right: BalanceKey) -> Bool {
            (left.account.kind.rawValue, left.account.owner, left.fund)
                < (right.account.kind.rawValue, right.account.owner, right.fund)
        }
    }
}
